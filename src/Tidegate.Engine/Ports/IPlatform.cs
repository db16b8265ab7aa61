namespace Tidegate.Engine;

/// <summary>Where instances run. It makes what is desired so and tells what is; it never decides.</summary>
/// <remarks>Every answer that can be expected is a value; an exception is a defect or a broken machine.</remarks>
public interface IPlatform
{
    /// <summary>Takes the desired state of one region and begins to bring it about: start first, stop last.
    /// The same desired state again changes nothing; an older generation is refused.</summary>
    Task<ApplyResult> ApplyAsync(DesiredRegion desired, CancellationToken cancellationToken);

    /// <summary>What runs now.</summary>
    Task<ObserveResult> ObserveAsync(string environment, CancellationToken cancellationToken);

    /// <summary>Somebody watches this environment now: the time after which its regions count as unwatched begins anew.</summary>
    /// <remarks>Best effort, and never a reason to stop: what cannot be confirmed withdraws by itself.</remarks>
    Task ConfirmAsync(string environment, CancellationToken cancellationToken);

    /// <summary>Brings back what the platform was told to run here, if it was lost: a release must not take what was lost for what never ran.</summary>
    /// <returns>Null when it is well; otherwise why not.</returns>
    Task<string?> ReviveAsync(string environment, CancellationToken cancellationToken);

    /// <summary>Removes an environment that was made for one artifact, its data included.</summary>
    Task<ApplyResult> RemoveAsync(string environment, long generation, CancellationToken cancellationToken);
}

/// <param name="Generation">Rises with each desired state of the environment; the sequence of its intent in the ledger.</param>
/// <param name="Operation">Stamped on whatever is made for it.</param>
/// <param name="StartDeadline">An instance that is not ready after this long has failed.</param>
public sealed record DesiredRegion(string Environment, long Generation, string Operation, RegionTarget Target, TimeSpan StartDeadline)
{
    /// <summary>What the region does by itself when nobody confirms that it is watched; null: nothing.</summary>
    public UnwatchedRule? Unwatched { get; init; }
}

/// <summary>A dead man's switch: after so long without <see cref="IPlatform.ConfirmAsync"/> the region routes by these shares; no instance is started or stopped.</summary>
/// <param name="After">Since the last confirmation, or since the desired state was taken.</param>
/// <param name="Shares">By digest; together 100 %. What was proved before the step that nobody watches.</param>
public sealed record UnwatchedRule(TimeSpan After, IReadOnlyDictionary<ArtifactDigest, TrafficShare> Shares);

public abstract record ApplyResult
{
    private ApplyResult() { }

    /// <summary>Taken; <see cref="IPlatform.ObserveAsync"/> tells how far it is.</summary>
    public sealed record Accepted : ApplyResult;

    /// <summary>The platform has seen a newer generation: this ledger is behind, or not the one that released here.</summary>
    public sealed record Stale(long Newest) : ApplyResult;

    /// <summary>Refused, and nothing was changed.</summary>
    public sealed record Refused(string Because) : ApplyResult;

    /// <summary>Whether it was taken cannot be told.</summary>
    public sealed record Unknown(string Because) : ApplyResult;
}

public abstract record ObserveResult
{
    private ObserveResult() { }

    public sealed record Observed(EnvironmentObservation Environment) : ObserveResult;

    public sealed record Unreachable(string Because) : ObserveResult;
}
