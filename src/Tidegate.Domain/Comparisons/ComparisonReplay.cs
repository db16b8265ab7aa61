namespace Tidegate;

/// <summary>What a gate says of windows that were recorded: its own, or those of a release that another gate judged.</summary>
/// <remarks>The shares are those that were recorded: another gate might have chosen others, so it is judged on what it would have seen.</remarks>
/// <param name="Gate">Whose.</param>
/// <param name="Verdict">What it comes to: Insufficient when the windows end before it knows.</param>
/// <param name="Windows">How many it needed, or all.</param>
/// <param name="After">Time that could be judged until then.</param>
/// <param name="Failed">Failed requests of the candidate until then.</param>
/// <param name="Because">For people.</param>
public sealed record ComparisonReplay(string Gate, Verdict Verdict, int Windows, TimeSpan After, long Failed, string Because)
{
    public static ComparisonReplay Of(ComparisonRecord record, ComparisonPlan plan)
    {
        var comparison = record.Begin(plan);
        long failed = 0;
        var windows = 0;
        foreach (var window in record.Windows)
        {
            if (comparison.State.Ended || comparison.Cleared) break;
            comparison = comparison.Add(window);
            failed += window.Missing is null ? window.Requests.CandidateEvents : 0;
            windows++;
        }

        var verdict = comparison.State.Phase == GatePhase.RolledBack ? Verdict.Unhealthy : comparison.Cleared ? Verdict.Healthy : Verdict.Insufficient;
        return new(plan.Name, verdict, windows, comparison.State.Judged, failed, ComparisonEvidence.Of(comparison)[0].Words);
    }
}
