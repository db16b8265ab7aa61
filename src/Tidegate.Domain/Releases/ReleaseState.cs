using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>Where one stage of a release stands.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "state")]
[JsonDerivedType(typeof(Placing), "placing")]
[JsonDerivedType(typeof(Baking), "baking")]
[JsonDerivedType(typeof(RollingOut), "rollingOut")]
[JsonDerivedType(typeof(Withdrawing), "withdrawing")]
[JsonDerivedType(typeof(Removing), "removing")]
[JsonDerivedType(typeof(RollingBack), "rollingBack")]
[JsonDerivedType(typeof(Held), "held")]
[JsonDerivedType(typeof(Delivered), "delivered")]
[JsonDerivedType(typeof(RolledBack), "rolledBack")]
[JsonDerivedType(typeof(RollbackIncomplete), "rollbackIncomplete")]
[JsonDerivedType(typeof(Stopped), "stopped")]
public abstract record ReleaseState
{
    private ReleaseState() { }

    /// <summary>A step's desired state is being brought about; users may already be on it.</summary>
    /// <param name="Step">From 0.</param>
    /// <param name="Attempt">From 1.</param>
    /// <param name="Share">The candidate's share that the evidence has led to; null: as the step says.</param>
    public sealed record Placing(int Step, int Attempt, TrafficShare? Share = null) : ReleaseState;

    /// <summary>The step stands as desired and is being watched.</summary>
    public sealed record Baking(int Step, TrafficShare? Share = null) : ReleaseState;

    /// <summary>Instances and shares of the step's regions follow the evidence, window by window, and everything is watched meanwhile.</summary>
    /// <param name="Targets">What is desired now of every region that the rollout has touched; empty at its begin.</param>
    public sealed record RollingOut(int Step, IReadOnlyList<RegionTarget> Targets) : ReleaseState;

    /// <summary>Users are taken off the candidate before somebody is asked.</summary>
    /// <param name="Targets">The shares that were proved before the step.</param>
    /// <param name="Attempt">From 1.</param>
    public sealed record Withdrawing(int Step, IReadOnlyList<RegionTarget> Targets, string Question, HeldFor For, int Attempt) : ReleaseState;

    /// <summary>Judged healthy; the environment that was made for it is being removed.</summary>
    public sealed record Removing(int Attempt) : ReleaseState;

    /// <summary>Going back, one region after another, biggest exposure first.</summary>
    /// <param name="Region">Index into the plan's way back.</param>
    /// <param name="Attempt">From 1.</param>
    /// <param name="Incomplete">A region before could not be brought back; the others are still tried.</param>
    public sealed record RollingBack(int Region, int Attempt, string Because, string? Incomplete) : ReleaseState;

    /// <summary>Waiting: nothing changes until the command is called again or somebody decides.</summary>
    /// <param name="At">The step that waits.</param>
    /// <param name="Question">What is to be decided, or what is missing.</param>
    /// <param name="For">What would end the wait.</param>
    /// <param name="Share">The share that stands meanwhile; null: as the step says.</param>
    public sealed record Held(int At, string Question, HeldFor For, TrafficShare? Share = null) : ReleaseState;

    /// <summary>Every step is done and healthy. Final.</summary>
    public sealed record Delivered : ReleaseState;

    /// <summary>Every touched place is back as it was, verified. Final.</summary>
    public sealed record RolledBack(string Because) : ReleaseState;

    /// <summary>Mixed, unknown, or nothing to go back to. Final; a person is needed.</summary>
    public sealed record RollbackIncomplete(string Because, string Left) : ReleaseState;

    /// <summary>Left as it is, waiting for a hotfix. Final.</summary>
    public sealed record Stopped(string Because) : ReleaseState;

    [JsonIgnore]
    public bool IsFinal => this is Delivered or RolledBack or RollbackIncomplete or Stopped;
}

/// <summary>What a held release waits for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HeldFor>))]
public enum HeldFor
{
    /// <summary>Evidence; calling again watches anew.</summary>
    Evidence,

    /// <summary>The effect of a command could not be determined; calling again looks anew.</summary>
    Platform,

    /// <summary>A person: the verdict was Unhealthy and it is latched, so calling again changes nothing.</summary>
    Decision,
}
