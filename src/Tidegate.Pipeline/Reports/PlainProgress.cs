using Tidegate.Engine;

namespace Tidegate.Pipeline.Reports;

/// <summary>Lines for a log: one for each transition, and one for a look when something changed or nothing was said for a while.</summary>
/// <remarks>No colours and no cursor movement. Each line begins with the time since the stage began, so nothing that others
/// wrote can begin one and be taken for a command of the CI system.</remarks>
internal sealed class PlainProgress(TextWriter output, TimeProvider time) : ReleaseConsole
{
    /// <summary>Somebody who watches a log should see that it lives.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    private long _began = time.GetTimestamp();
    private long _spoke;
    private string? _title;
    private string? _seen;
    private IReadOnlyList<RegionTarget> _targets = [];

    protected override void Show(ReleaseProgress what)
    {
        switch (what)
        {
            case ReleaseProgress.Began began:
                (_began, _title, _seen) = (time.GetTimestamp(), null, null);
                _targets = began.Release.State is ReleaseState.RollingOut at ? at.Targets : [];
                Line(ReleaseWords.Title(began.Release.Plan) + (began.Resumed ? ", going on from the ledger" : ""));
                foreach (var line in ReleaseWords.Expected(began.Release.Plan)) Line("  " + line);
                break;

            case ReleaseProgress.Converging converging when converging.Title != _title:
                (_title, _seen) = (converging.Title, null);
                foreach (var target in converging.Targets) Line($"  placing {ReleaseWords.Target(converging.Release.Plan, target)}");
                break;

            case ReleaseProgress.Measured measured:
                foreach (var line in ReleaseWords.Warnings(measured)) Line("  " + line);
                break;

            case ReleaseProgress.Looked looked:
                Look(looked);
                break;

            case ReleaseProgress.Moved moved:
                Line("  " + ReleaseWords.Of(moved.Release.Plan, moved.Event, _targets).Text);
                _targets = moved.Release.State is ReleaseState.RollingOut rolling ? rolling.Targets : [];
                foreach (var line in Why(moved.Event)) Line("    " + line);
                break;

            case ReleaseProgress.Ended ended:
                Line(Outcomes.Describe(ended.Outcome, ended.Because).ToString());
                break;
        }
    }

    private void Look(ReleaseProgress.Looked looked)
    {
        // What each signal says is news; that the bake is a second older is not.
        var seen = string.Join('|', looked.Judgement.Evidence.Where(e => e.Says != Verdict.Healthy).Select(e => $"{e.Signal} {e.Says}"));
        if (seen == _seen && time.GetElapsedTime(_spoke) < LongestSilence) return;

        _seen = seen;
        Line($"    {Words.Seconds(looked.Elapsed)}: {ReleaseWords.Verdict(looked.Judgement.Verdict)}: {Foreign.Line(looked.Judgement.Because, 300)}");
    }

    /// <summary>The evidence, where the verdict is not that all is well.</summary>
    private static IEnumerable<string> Why(ReleaseEvent what)
    {
        var judgement = what switch
        {
            ReleaseEvent.Judged { Judgement.Verdict: not Verdict.Healthy } judged => judged.Judgement,
            ReleaseEvent.BakeExpired expired => expired.Judgement,
            ReleaseEvent.RolloutHeld held => held.Judgement,
            _ => null,
        };
        return judgement?.Evidence.Where(e => e.Says != Verdict.Healthy)
            .Select(e => $"{Foreign.Line(e.Signal, 120)}: {ReleaseWords.Verdict(e.Says)}: {Foreign.Line(e.Words, 300)}") ?? [];
    }

    private void Line(string text)
    {
        _spoke = time.GetTimestamp();
        var at = time.GetElapsedTime(_began);
        output.WriteLine(FormattableString.Invariant($"[{(int)at.TotalMinutes:00}:{at.Seconds:00}] {text}"));
        output.Flush();
    }
}
