namespace Tidegate.Engine;

/// <summary>Told what goes on, for people. Must not throw and must not wait.</summary>
public interface IReleaseProgress
{
    void Report(ReleaseProgress what);
}

public abstract record ReleaseProgress
{
    private ReleaseProgress() { }

    /// <param name="Resumed">The run goes on from what the ledger holds.</param>
    public sealed record Began(Release Release, bool Resumed) : ReleaseProgress;

    /// <summary>A step, or the way back of a region, is being brought about.</summary>
    public sealed record Converging(Release Release, string Title, IReadOnlyList<RegionTarget> Targets, EnvironmentObservation? Seen) : ReleaseProgress;

    /// <summary>A rollout begins, or a stage goes on with it: this is what the running version showed in the hour
    /// before.</summary>
    public sealed record Measured(Release Release, RolloutReference Reference) : ReleaseProgress;

    /// <summary>One more look during a bake.</summary>
    /// <param name="Elapsed">Since the bake began, its warm-up included.</param>
    public sealed record Looked(Release Release, PlanStep Step, TimeSpan Elapsed, GateWindow Window, Judgement Judgement) : ReleaseProgress;

    /// <summary>A transition, after it is durable.</summary>
    public sealed record Moved(Release Release, ReleaseEvent Event) : ReleaseProgress;

    public sealed record Ended(Release Release, Outcome Outcome, string Because) : ReleaseProgress;
}
