using System.Globalization;
using Nuke.Common;
using Nuke.Common.Execution;
using Tidegate.BuildHost.Logs;

namespace Tidegate.BuildHost.Execution;

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
            var notes = string.Join(", ", target.SummaryInformation.Select(note => $"{note.Key}: {note.Value}"));
            var text = $"{target.Name.PadRight(width)}{target.Status,-10}{Took(target),10}";
            BuildOutput.Line(notes.Length == 0 ? text.TrimEnd() : $"{text}   // {notes}", ColourOf(target.Status));
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

    private static string Took(ExecutableTarget target) =>
        target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Aborted ? Shown(target.Duration) : string.Empty;

    private static string Shown(TimeSpan duration) => duration < TimeSpan.FromSeconds(1)
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
