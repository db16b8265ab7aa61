namespace Tidegate.Pipeline.Reports;

/// <summary>What recorded windows lead to, with the settings of then or with others.</summary>
/// <param name="Gate">Whose settings.</param>
/// <param name="Says">The first thing that is no more going on: what would have ended it, or how it stands.</param>
/// <param name="Failed">Failed requests of the new version until then.</param>
internal sealed record RolloutReplay(
    string Gate, RolloutSays Says, int Windows, double Judged, double Merged, double Failed, string Because)
{
    /// <param name="carried">Of the stage before, folded with the same settings for this alone.</param>
    public static RolloutReplay? Of(IReadOnlyList<LedgerRecord> records, RolloutPlan plan, Rollout? carried)
    {
        var (windows, failed) = (0, 0.0);
        RolloutReplay? ended = null;
        var rollout = RolloutRecord.Fold(records, plan, carried, (so, window) =>
        {
            if (ended is not null) return;
            windows++;
            failed += window.Regions.Sum(r => r.CandidateCount.Events);
            if (so.Says is RolloutSays.Unhealthy or RolloutSays.Hold) ended = At(so);
        });
        return ended ?? (rollout is null ? null : At(rollout));

        RolloutReplay At(Rollout so) => new(plan.Name, so.Says, windows, so.At, so.Merged, failed, so.Because);
    }

    public string Line => $"gate {Gate}: {ReleaseWords.Says(Says)} after {Windows} windows ({Numbers})"
        + (Because.Length > 0 ? $": {Foreign.Line(Because)}" : "");

    private string Numbers => $"{Words.Seconds(TimeSpan.FromSeconds(Judged))} judged, "
        + FormattableString.Invariant($"evidence {Merged:0.##}, {Failed:0} failed requests of the new version");
}
