namespace Tidegate;

/// <summary>How one stage releases and judges.</summary>
/// <param name="Environment">Where.</param>
/// <param name="Gate">What must be seen.</param>
/// <param name="Bake">How long it is watched.</param>
/// <param name="Reaction">What an Unhealthy verdict leads to.</param>
/// <param name="PlacementDeadline">A step that has not converged after this long has failed.</param>
/// <param name="CanaryShares">Canary only: shares of the region's traffic, ascending, each with a bake.</param>
/// <param name="CanaryInstances">Canary only: how many instances of the candidate take that traffic.</param>
/// <param name="Comparison">Where a version runs already, it is compared with and the evidence decides; null: fixed shares and bakes.</param>
/// <param name="Waves">RegionWaves only: regions by wave. Empty: planned from traffic (1, then a larger one, then the rest in growing numbers).</param>
public sealed record StageDefinition(
    Stage Stage,
    DeploymentEnvironment Environment,
    GateDefinition Gate,
    BakePolicy Bake,
    Reaction Reaction,
    TimeSpan PlacementDeadline,
    IReadOnlyList<TrafficShare> CanaryShares,
    int CanaryInstances,
    IReadOnlyList<IReadOnlyList<string>> Waves,
    ComparisonPolicy? Comparison = null)
{
    /// <summary>Where versions are compared, evidence ends a bake; false: the declared bake is watched in full, whatever the evidence says.</summary>
    public bool UntilEvidence { get; init; }

    /// <summary>While a person is asked, users stay on the share that stands. Default false: they are taken off the candidate.</summary>
    public bool StaysWhileHeld { get; init; }
}

/// <summary>What an Unhealthy verdict leads to.</summary>
public enum Reaction
{
    /// <summary>Roll back at once.</summary>
    RollBack,

    /// <summary>Hold, and ask the engineer on call.</summary>
    Ask,
}

/// <summary>A validated pipeline: everything declared, nothing left to guess.</summary>
/// <param name="Service">What it delivers.</param>
/// <param name="Profile">Which profile of the configuration this is.</param>
/// <param name="Digest">sha256 of the configuration that it was read from: verdicts are bound to it.</param>
/// <param name="Headroom">Capacity that stays in service.</param>
/// <param name="Attempts">How often a step whose effect could not be determined is tried. Default 2.</param>
/// <param name="Stages">The stages that there are, in their order; a stage that is not among them is asked of no release.</param>
public sealed record PipelineDefinition(
    string Service,
    string Profile,
    string Digest,
    Headroom Headroom,
    int Attempts,
    IReadOnlyList<StageDefinition> Stages)
{
    /// <summary>Endpoints by which the edges count: method, space, route template.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Changes of what users get that somebody declared for the release that is planned, by endpoint.
    /// No part of the configuration and of its digest.</summary>
    public IReadOnlyList<ExpectedChange> Expected { get; init; } = [];

    /// <summary>After so long without anybody who watches, a region takes the candidate's unproved share back by itself. Default 2 min.</summary>
    public TimeSpan Unwatched { get; init; } = TimeSpan.FromMinutes(2);

    public StageDefinition this[Stage stage] => Stages.Single(s => s.Stage == stage);

    public bool Has(Stage stage) => Stages.Any(s => s.Stage == stage);

    /// <summary>The environments, each once, in the order of their stages.</summary>
    public IEnumerable<DeploymentEnvironment> Environments => Stages.Select(s => s.Environment).DistinctBy(e => e.Name);
}
