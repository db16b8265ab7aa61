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
    private readonly List<(long Run, StartProfile Profile)> _starts = [];

    /// <summary>How much colder instances may start, by the newest releases that stayed; null: none has told.</summary>
    public StartProfile? Starts => StartProfile.Least([.. _starts
        .Where(s => Runs.Any(r => r.Sequence == s.Run && r.Release.State is ReleaseState.Delivered))
        .GroupBy(s => s.Run)
        .Select(s => s.Last().Profile)]);

    public static ReleaseHistory Fold(IEnumerable<LedgerRecord> records)
    {
        var (runs, starts) = (new List<StageRun>(), new List<(long Run, StartProfile Profile)>());
        long sequence = 0;
        foreach (var record in records)
        {
            sequence = record.Sequence;
            switch (record.Fact())
            {
                case LedgerFact.Planned planned:
                    runs.Add(new(Release.Begin(planned.Plan, planned.Because), record.Sequence, record.At, record.At, planned.Because));
                    break;
                case LedgerFact.StartsSeen seen when runs.Count > 0:
                    starts.Add((runs[^1].Sequence, seen.Profile));
                    break;
                case LedgerFact.Happened happened when runs.Count > 0:
                    runs[^1] = runs[^1] with { Release = ReleaseMachine.Evolve(runs[^1].Release, happened.Event), LatestAt = record.At };
                    break;
            }
        }

        var history = new ReleaseHistory(runs, sequence);
        history._starts.AddRange(starts);
        return history;
    }

    /// <summary>Where the canary of this artifact was planned, if it passed and nothing else was released here since: waves go on with its evidence.</summary>
    public long? Canary(ArtifactDigest digest) =>
        Runs is [.., { Plan: { Stage: Stage.Canary, Rollout: not null }, Release.State: ReleaseState.Delivered } newest] && newest.Digest == digest ? newest.Sequence : null;

    /// <summary>The newest word on this stage for this artifact. What was taken back in this environment takes the verdict with it, whichever stage it failed in.</summary>
    public StageRun? Latest(Stage stage, ArtifactDigest digest)
    {
        var own = Runs.LastOrDefault(r => r.Plan.Stage == stage && r.Digest == digest);
        if (own is not { Release.State: ReleaseState.Delivered } || stage == Stage.UpgradeDowngradeTest) return own;

        return Ways.LastOrDefault(r => r.Digest == digest && r.Sequence > own.Sequence && r.Release.State is ReleaseState.RolledBack or ReleaseState.RollbackIncomplete) ?? own;
    }

    /// <summary>The newest run that brought a release here or took it away; null: none.</summary>
    public StageRun? Newest => Ways.LastOrDefault();

    /// <summary>The newest such run of this artifact.</summary>
    public StageRun? NewestOf(ArtifactDigest digest) => Ways.LastOrDefault(r => r.Digest == digest);

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

    /// <summary>Without the upgrade-downgrade test, which ends where it began.</summary>
    private IEnumerable<StageRun> Ways => Runs.Where(r => r.Plan.Stage != Stage.UpgradeDowngradeTest);

    /// <summary>What each region went over from to this artifact, where it was another one.</summary>
    public IReadOnlyDictionary<string, ArtifactDigest?> Over(ArtifactDigest digest) => Ways.Where(r => r.Digest == digest)
        .SelectMany(r => r.Plan.Before)
        .Where(b => b.Baseline is { } before && before != digest)
        .GroupBy(b => b.Region, StringComparer.Ordinal)
        .ToDictionary(b => b.Key, b => b.Last().Baseline, StringComparer.Ordinal);

    /// <summary>The way back that is to be seen, or a better one that is known.</summary>
    /// <remarks>What was stopped, or could not be taken back, was left standing for want of an answer and is nothing to go back to: what ran before it is. Where
    /// the candidate runs alone already, the run that brought it there tells; where that found nothing either, and the stage had been healthy, the way back is
    /// to leave it: what serves is never taken away for want of another.</remarks>
    public RestoreStep WayBack(RestoreStep seen, Stage stage, ArtifactDigest candidate, EnvironmentObservation now)
    {
        if (seen.Baseline is { } running)
        {
            var condemned = NewestOf(running) is { Release.State: ReleaseState.Stopped or ReleaseState.RollbackIncomplete };
            return condemned && Over(running).GetValueOrDefault(seen.Region) is { } good ? seen with { Baseline = good } : seen;
        }

        if (now[seen.Region].Of(candidate) is null) return seen;

        return seen with { Baseline = Over(candidate).GetValueOrDefault(seen.Region) ?? (Runs.Any(r => r.Digest == candidate && r.Plan.Stage == stage && r.Release.State is ReleaseState.Delivered) ? candidate : null) };
    }

    /// <summary>The stage was judged healthy for this artifact under this configuration, and that was not taken back.</summary>
    public bool Delivered(Stage stage, ArtifactDigest digest, string configuration) =>
        Latest(stage, digest) is { Release.State: ReleaseState.Delivered } run && run.Plan.Configuration == configuration;
}
