namespace Tidegate;

/// <summary>One stage of one release as the ledger tells it.</summary>
/// <param name="Sequence">Where it begins in its stream.</param>
/// <param name="Because">Why it was begun.</param>
public sealed record StageRun(Release Release, long Sequence, DateTimeOffset BeganAt, DateTimeOffset LatestAt, string Because)
{
    public ReleasePlan Plan => Release.Plan;

    public ArtifactDigest Digest => Release.Plan.Candidate.Digest;

    /// <summary>A plain rollback: nothing was released.</summary>
    public bool IsRollback => Plan.Steps.Count == 0;
}

/// <summary>An environment's stream, folded: the same code that ran the releases tells where they stand.</summary>
public sealed record ReleaseHistory(IReadOnlyList<StageRun> Runs, long Sequence)
{
    public static ReleaseHistory Fold(IEnumerable<LedgerRecord> records)
    {
        var runs = new List<StageRun>();
        long sequence = 0;
        foreach (var record in records)
        {
            sequence = record.Sequence;
            switch (record.Fact())
            {
                case LedgerFact.Planned planned:
                    runs.Add(new(Release.Begin(planned.Plan, planned.Because), record.Sequence, record.At, record.At, planned.Because));
                    break;
                case LedgerFact.Happened happened when runs.Count > 0:
                    runs[^1] = runs[^1] with { Release = ReleaseMachine.Evolve(runs[^1].Release, happened.Event), LatestAt = record.At };
                    break;
            }
        }

        return new(runs, sequence);
    }

    /// <summary>The newest word on this stage for this artifact.</summary>
    public StageRun? Latest(Stage stage, ArtifactDigest digest) => Runs.LastOrDefault(r => r.Plan.Stage == stage && r.Digest == digest);

    /// <summary>A run that has not ended: it is resumed before anything else begins.</summary>
    public StageRun? Unfinished => Runs is [.., { Release.State.IsFinal: false } run] ? run : null;

    /// <summary>The newest release that was delivered here and not taken back; null: none.</summary>
    public StageRun? Standing
    {
        get
        {
            var gone = new HashSet<ArtifactDigest>();
            foreach (var run in Ways.Reverse())
            {
                if (run.Release.State is ReleaseState.RolledBack or ReleaseState.RollbackIncomplete) gone.Add(run.Digest);
                else if (run.Release.State is ReleaseState.Delivered && !gone.Contains(run.Digest)) return run;
            }

            return null;
        }
    }

    /// <summary>The last that came here was taken back: whoever asks again for that does not mean the one before it.</summary>
    public bool TakenBack => Ways.LastOrDefault() is { Release.State: ReleaseState.RolledBack or ReleaseState.RollbackIncomplete };

    /// <summary>Without the upgrade-downgrade test, which ends where it began.</summary>
    private IEnumerable<StageRun> Ways => Runs.Where(r => r.Plan.Stage != Stage.UpgradeDowngradeTest);

    /// <summary>Where the candidate runs alone already, what it is to go back to is not to be seen: the run that brought it there tells.
    /// Where that found nothing either, and the stage had been healthy, the way back is to leave it: what serves is never taken away for want of another.</summary>
    public RestoreStep WayBack(RestoreStep seen, Stage stage, ArtifactDigest candidate, EnvironmentObservation now)
    {
        if (seen.Baseline is not null || now[seen.Region].Of(candidate) is null) return seen;

        var earlier = Ways.Where(r => r.Digest == candidate)
            .SelectMany(r => r.Plan.Before)
            .LastOrDefault(b => b.Region == seen.Region && b.Baseline is { } before && before != candidate)?.Baseline;
        return seen with { Baseline = earlier ?? (Runs.Any(r => r.Digest == candidate && r.Plan.Stage == stage && r.Release.State is ReleaseState.Delivered) ? candidate : null) };
    }

    /// <summary>The stage was judged healthy for this artifact under this configuration, and that was not taken back.</summary>
    public bool Delivered(Stage stage, ArtifactDigest digest, string configuration) =>
        Latest(stage, digest) is { Release.State: ReleaseState.Delivered } run && run.Plan.Configuration == configuration;
}
