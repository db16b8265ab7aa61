namespace Tidegate;

/// <summary>What to do next; complete in itself.</summary>
public abstract record ReleaseCommand
{
    private ReleaseCommand() { }

    /// <summary>Bring the step's regions to what is desired, and see that they are.</summary>
    /// <param name="Share">Of their requests to the candidate; null: as the step says.</param>
    public sealed record Place(int Step, TrafficShare? Share = null) : ReleaseCommand;

    /// <summary>Watch the step until the gate has a verdict, asks for another share, or the bake's maximum is over.</summary>
    public sealed record Watch(int Step, TrafficShare? Share = null) : ReleaseCommand;

    /// <summary>Bring about what the evidence asks for, window by window, until the step is done, guilty, or somebody is asked.</summary>
    public sealed record RollOut(int Step, IReadOnlyList<RegionTarget> Targets) : ReleaseCommand;

    /// <summary>Take users off the candidate, and see that they are.</summary>
    public sealed record Withdraw(int Step, IReadOnlyList<RegionTarget> Targets) : ReleaseCommand;

    /// <summary>Bring a region back to what it was, and see that it is.</summary>
    public sealed record Restore(int Region) : ReleaseCommand;

    /// <summary>Remove the environment that was made for the artifact.</summary>
    public sealed record Remove : ReleaseCommand;

    /// <summary>Nothing more to do now.</summary>
    public sealed record End(Outcome Outcome, string Because) : ReleaseCommand;
}
