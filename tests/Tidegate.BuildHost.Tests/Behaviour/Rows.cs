using Nuke.Common.Execution;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Behaviour;

/// <summary>
/// A row of a behaviour table: what NUKE 10.1.0 was seen to do, a call, and what comes of it here. Where this host is meant to do
/// better, <paramref name="Differs"/> says so in words; docs/buildhost.md repeats these words, and a test compares.
/// </summary>
internal sealed record Row(string Nuke, string Arguments, string Expected, string? Differs = null)
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Of(IEnumerable<Row> rows) =>
        rows.Select(row => new TheoryDataRow<string, string, string>(row.Differs is null ? row.Nuke : $"{row.Nuke} Here: {row.Differs}", row.Arguments, row.Expected));
}

internal static class RowOutcome
{
    /// <summary>The exit code, then each target with its status; where nothing ran, the first thing that has to be mended.</summary>
    public static string Outcome(this BuildRun run) => run.Errors.Length > 0
        ? $"{run.ExitCode}: {FirstProblem(run.Errors)}"
        : $"{run.ExitCode}: {string.Join(' ', run.Build.ExecutionPlan.Select(Shown))}";

    private static string Shown(ExecutableTarget target) => target.Status == ExecutionStatus.Succeeded ? target.Name : $"{target.Name}:{target.Status}";

    private static string FirstProblem(string errors) => errors.ReplaceLineEndings("\n").Split('\n')[1].Trim();
}
