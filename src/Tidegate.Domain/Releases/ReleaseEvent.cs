using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>Something that happened to a release.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Placed), "placed")]
[JsonDerivedType(typeof(PlacementFailed), "placementFailed")]
[JsonDerivedType(typeof(PlacementUnknown), "placementUnknown")]
[JsonDerivedType(typeof(Judged), "judged")]
[JsonDerivedType(typeof(BakeExpired), "bakeExpired")]
[JsonDerivedType(typeof(ShareChosen), "shareChosen")]
[JsonDerivedType(typeof(TargetsChosen), "targetsChosen")]
[JsonDerivedType(typeof(RolloutHeld), "rolloutHeld")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
[JsonDerivedType(typeof(WithdrawFailed), "withdrawFailed")]
[JsonDerivedType(typeof(Restored), "restored")]
[JsonDerivedType(typeof(RestoreFailed), "restoreFailed")]
[JsonDerivedType(typeof(Removed), "removed")]
[JsonDerivedType(typeof(RemoveFailed), "removeFailed")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Decided), "decided")]
public abstract record ReleaseEvent
{
    private ReleaseEvent() { }

    /// <summary>The step was observed as desired: digests, instances, weights.</summary>
    public sealed record Placed(int Step) : ReleaseEvent;

    /// <summary>The step could not be placed: the platform gave up and said so (the candidate would not start, or did not become ready), or an earlier wave turned bad meanwhile.</summary>
    public sealed record PlacementFailed(int Step, string Because) : ReleaseEvent;

    /// <summary>Whether the step took effect cannot be told.</summary>
    public sealed record PlacementUnknown(int Step, string Because) : ReleaseEvent;

    /// <summary>The gate reached a verdict on the step: Healthy or Unhealthy.</summary>
    public sealed record Judged(int Step, Judgement Judgement) : ReleaseEvent;

    /// <summary>The bake's maximum passed and evidence is still missing, or cannot be had.</summary>
    public sealed record BakeExpired(int Step, Judgement Judgement) : ReleaseEvent;

    /// <summary>The evidence allows, or asks for, another share of the requests in this step.</summary>
    /// <param name="Because">For people.</param>
    public sealed record ShareChosen(int Step, TrafficShare Share, string Because) : ReleaseEvent;

    /// <summary>The evidence asks for other instances or shares in this step.</summary>
    /// <param name="Targets">Of every region that the rollout has touched.</param>
    /// <param name="Because">For people.</param>
    public sealed record TargetsChosen(int Step, IReadOnlyList<RegionTarget> Targets, string Because) : ReleaseEvent;

    /// <summary>The rollout cannot go on by itself.</summary>
    /// <param name="Back">What users are taken back to while somebody is asked; null: all stays.</param>
    public sealed record RolloutHeld(int Step, Judgement Judgement, IReadOnlyList<RegionTarget>? Back) : ReleaseEvent;

    /// <summary>Users were observed off the candidate, as far as was wanted.</summary>
    public sealed record Withdrawn(int Step) : ReleaseEvent;

    public sealed record WithdrawFailed(int Step, string Because) : ReleaseEvent;

    /// <summary>A region was observed back as it was.</summary>
    public sealed record Restored(int Region) : ReleaseEvent;

    public sealed record RestoreFailed(int Region, string Because) : ReleaseEvent;

    /// <summary>The environment that was made for the artifact is gone.</summary>
    public sealed record Removed : ReleaseEvent;

    public sealed record RemoveFailed(string Because) : ReleaseEvent;

    /// <summary>The command was called again while the release was held.</summary>
    public sealed record Resumed : ReleaseEvent;

    /// <summary>Somebody decided.</summary>
    public sealed record Decided(Decision Decision, string By, string Reason) : ReleaseEvent;
}
