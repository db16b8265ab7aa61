using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>Everything one stage of one release will do, leaving no choice to whoever carries it out.</summary>
/// <param name="Release">The release's name: artifact and attempt; the same for all stages of one release.</param>
/// <param name="Candidate">What is released.</param>
/// <param name="Configuration">Digest of the configuration that the plan was made from.</param>
/// <param name="Steps">In order. Empty for a plain rollback.</param>
/// <param name="Before">What each touched region goes back to, biggest exposure first.</param>
/// <param name="RemoveAfter">The environment was made for this artifact and is removed, whatever the verdict.</param>
/// <param name="Gate">What must be seen after each step.</param>
/// <param name="Reaction">What an Unhealthy verdict leads to.</param>
/// <param name="Attempts">How often a step whose effect could not be determined is tried.</param>
public sealed record ReleasePlan(
    string Release,
    Stage Stage,
    string Environment,
    ReleaseArtifact Candidate,
    string Configuration,
    IReadOnlyList<PlanStep> Steps,
    IReadOnlyList<RestoreStep> Before,
    bool RemoveAfter,
    GateDefinition Gate,
    Reaction Reaction,
    int Attempts,
    TimeSpan PlacementDeadline)
{
    /// <summary>The stage is one comparison, and these steps its phases; null: steps are placed and baked one by one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RolloutPlan? Rollout { get; init; }

    /// <summary>The step is a phase of the rollout.</summary>
    public bool IsRollout(int step) => Rollout is { } rollout && step < rollout.Phases.Count;

    /// <summary>Some region has no earlier version: there is nothing to go back to but nothing.</summary>
    [JsonIgnore]
    public bool FirstRelease => Before.Any(b => b.Baseline is null);
}

/// <summary>Place, then watch.</summary>
/// <param name="Title">For people, for example <c>wave 2 of 3, batch 1 of 2: eu-west</c>.</param>
/// <param name="Wave">From 1; 0 where there are no waves.</param>
/// <param name="Targets">What is desired of each region that this step touches.</param>
/// <param name="Bake">How long it is watched.</param>
/// <param name="Comparison">It is judged beside the version that runs now, and the evidence sets the share; null: by bakes and limits.</param>
public sealed record PlanStep(
    string Title,
    int Wave,
    IReadOnlyList<RegionTarget> Targets,
    Bake Bake,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ComparisonPlan? Comparison = null)
{
    /// <summary>What is desired when the evidence has led to this share: the same instances, other weights.</summary>
    /// <param name="share">Null: as the step says.</param>
    public IReadOnlyList<RegionTarget> At(TrafficShare? share, ArtifactDigest candidate) => share is not { } chosen
        ? Targets
        : [.. Targets.Select(t => new RegionTarget(t.Region, [.. t.Versions.Select(v => v with { Share = v.Digest == candidate ? chosen : chosen.Rest })]))];
}

/// <summary>What is desired of one region.</summary>
public sealed record RegionTarget(string Region, IReadOnlyList<VersionTarget> Versions)
{
    public override string ToString() => Versions.Count == 0
        ? $"{Region}: nothing"
        : $"{Region}: " + string.Join(" + ", Versions.Select(v => $"{v.Instances}×{v.Digest.Brief} at {v.Share}"));
}

public sealed record VersionTarget(ArtifactDigest Digest, int Instances, TrafficShare Share);

/// <summary>The way back of one region.</summary>
/// <param name="Baseline">The digest that runs there before; null when the region was empty.</param>
/// <param name="Instances">How many of it.</param>
public sealed record RestoreStep(string Region, ArtifactDigest? Baseline, int Instances)
{
    [JsonIgnore]
    public RegionTarget Target => new(Region, Baseline is { } digest ? [new VersionTarget(digest, Instances, TrafficShare.All)] : []);
}
