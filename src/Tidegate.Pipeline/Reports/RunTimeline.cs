namespace Tidegate.Pipeline.Reports;

/// <summary>One stage of one release with everything that happened in it, in order.</summary>
/// <param name="Run">How it stands now.</param>
public sealed record RunTimeline(StageRun Run, IReadOnlyList<TimelineEntry> Entries)
{
    /// <summary>All runs of an environment's stream; the same facts that the release itself was folded from.</summary>
    public static IReadOnlyList<RunTimeline> Fold(IReadOnlyList<LedgerRecord> records)
    {
        var runs = ReleaseHistory.Fold(records).Runs;
        return [.. runs.Select((run, i) => new RunTimeline(run, [.. Happened(records, run.Sequence, i + 1 < runs.Count ? runs[i + 1].Sequence : long.MaxValue)]))];
    }

    private static IEnumerable<TimelineEntry> Happened(IEnumerable<LedgerRecord> records, long after, long before)
    {
        foreach (var record in records.Where(r => r.Sequence > after && r.Sequence < before))
        {
            if (record.Fact() is LedgerFact.Happened happened) yield return new(record.At, happened.Event);
        }
    }
}

public sealed record TimelineEntry(DateTimeOffset At, ReleaseEvent Event);
