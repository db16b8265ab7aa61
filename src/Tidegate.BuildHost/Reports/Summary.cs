using System.Globalization;
using Nuke.Common;
using Nuke.Common.Execution;
using Tidegate.BuildHost.Logs;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Reports;

/// <summary>What a build says at its end.</summary>
internal static class Summary
{
    public static void WriteErrorsAndWarnings(Host host)
    {
        var kept = BuildLog.Kept;
        if (kept.Count == 0)
            return;
        using (host.WriteBlock("Errors & Warnings"))
        {
            foreach (var line in kept)
                BuildOutput.Line(line.Text, line.IsError ? Colour.Red : Colour.Yellow);
        }
    }

    public static void WriteTable(IReadOnlyCollection<ExecutableTarget> plan)
    {
        var shown = plan.Where(target => target.Status != ExecutionStatus.Collective).ToArray();
        var width = Math.Max(19, shown.Select(target => target.Name.Length + 4).DefaultIfEmpty().Max());
        var line = new string('─', width + 20);
        BuildOutput.Line();
        BuildOutput.Line(new string('═', width + 20));
        BuildOutput.Line($"{"Target".PadRight(width)}{"Status",-10}{"Duration",10}");
        BuildOutput.Line(line);
        foreach (var target in shown)
        {
            foreach (var text in Rows(target, width))
                BuildOutput.Line(text, ColourOf(target.Status));
        }

        BuildOutput.Line(line);
        BuildOutput.Line($"{"Total".PadRight(width)}{string.Empty,-10}{Shown(TimeSpan.FromTicks(plan.Sum(target => target.Duration.Ticks))),10}");
        BuildOutput.Line(new string('═', width + 20));
    }

    public static void WriteOutcome(INukeBuild build)
    {
        var at = TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        BuildOutput.Line();
        if (StopRequest.Current?.IsReceived == true)
            BuildOutput.Line($"Build interrupted on {at}.", Colour.Yellow);
        else
            BuildOutput.Line(build.IsSucceeding ? $"Build succeeded on {at}." : $"Build failed on {at}.", build.IsSucceeding ? Colour.Green : Colour.Red);
    }

    /// <summary>One row, and more where the terminal is too narrow for the notes.</summary>
    private static IEnumerable<string> Rows(ExecutableTarget target, int width)
    {
        const string mark = "   // ";
        var text = $"{target.Name.PadRight(width)}{target.Status,-10}{Took(target),10}";
        var notes = string.Join(", ", target.SummaryInformation.Select(note => $"{note.Key}: {note.Value}"));
        if (notes.Length == 0)
            return [text.TrimEnd()];
        if (BuildSession.Current.Width is not { } columns || text.Length + mark.Length + notes.Length <= columns)
            return [text + mark + notes];
        return Columns.Broken(notes, columns - mark.Length).Select(line => mark + line).Prepend(text.TrimEnd());
    }

    public static string Took(ExecutableTarget target) =>
        target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Aborted ? Shown(target.Duration) : string.Empty;

    public static string Shown(TimeSpan duration) => duration < TimeSpan.FromSeconds(1)
        ? "< 1sec"
        : string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes}:{duration.Seconds:00}");

    private static Colour ColourOf(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Succeeded => Colour.Green,
        ExecutionStatus.Failed => Colour.Red,
        ExecutionStatus.Aborted or ExecutionStatus.NotRun => Colour.Yellow,
        _ => Colour.None,
    };
}
