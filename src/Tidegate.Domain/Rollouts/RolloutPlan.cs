using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>A stage that is one comparison with the version that runs, from the first instance of a region to its last.</summary>
/// <param name="Name">Which settings, for people and for the record.</param>
/// <param name="Regions">In the order of their traffic, least first.</param>
/// <param name="Phases">One for each step of the release plan, in order.</param>
/// <param name="CanaryInstances">In a region of six or more; one in a smaller one.</param>
/// <param name="CanaryShare">No larger share before the waves.</param>
/// <param name="Endpoints">As the edges name them.</param>
/// <param name="Metrics">Declared metrics that are compared like an endpoint.</param>
/// <param name="Expected">Changes that were declared for this release: kinds of answers of these endpoints are not held
/// against it. Failures, slow requests and journeys there are.</param>
/// <param name="LatencyTolerance">Histogram edges by which it may be slower before that is held against it.</param>
/// <param name="LatencyMargin">Histogram edges by which it may be slower and still be shown not worse.</param>
/// <param name="LatencyLimit">A declared limit in milliseconds, compared as one more edge; null: none.</param>
/// <param name="MemoryLimitMebibytes">Of an instance; null: memory is no part.</param>
/// <param name="FreshInstances">Instances of the running version that are started with the canary, so that memory is compared with instances of its age.</param>
public sealed record RolloutPlan(
    string Name,
    RolloutOptions Options,
    IReadOnlyList<RolloutRegion> Regions,
    IReadOnlyList<RolloutPhase> Phases,
    int CanaryInstances,
    TrafficShare CanaryShare,
    IReadOnlyList<string> Endpoints,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<ExpectedChange> Expected,
    int LatencyTolerance,
    int LatencyMargin,
    double? LatencyLimit,
    double? MemoryLimitMebibytes,
    int FreshInstances)
{
    /// <summary>The canary stands in every region before the first wave.</summary>
    public bool EveryRegion { get; init; }

    /// <summary>Waves of the release, in this stage or in the next: what the budget is shared over.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Waves { get; init; } = [];

    /// <summary>The stage run whose evidence is carried on, by its sequence in the environment's stream; null: this one begins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Continues { get; init; }

    /// <summary>Other settings that see the same and decide nothing; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RolloutShadow? Shadow { get; init; }

    /// <summary>The share of failed requests that a deciding signal declares; null: none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RolloutLimit? FailureLimit { get; init; }

    /// <summary>The share of requests beyond <see cref="LatencyLimit"/> that its signal declares; null: none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RolloutLimit? SlowLimit { get; init; }

    /// <summary>Without anybody who watches for so long, every region goes back by itself to the share that was proved before the step.</summary>
    public TimeSpan Unwatched { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>While a person is asked, users stay on the share that stands. Default false: they are taken off the candidate.</summary>
    public bool StaysWhileHeld { get; init; }

    /// <summary>Kinds of evidence that no deciding signal of the gate asks for: they are shown, and have no part of the budget.</summary>
    public IReadOnlyList<EvidenceKind> Shadows { get; init; } = [];

    [JsonIgnore]
    public Beginnings Beginnings => Beginnings.Of(EveryRegion);

    public int IndexOf(string region)
    {
        for (var r = 0; r < Regions.Count; r++)
        {
            if (Regions[r].Name == region) return r;
        }

        return -1;
    }
}

/// <summary>Settings that are tried out: what they would have said is told, and never acted on.</summary>
public sealed record RolloutShadow(string Name, RolloutOptions Options);

/// <summary>One region of a rollout.</summary>
/// <param name="Baseline">What runs there before; null: nothing does, or the candidate alone does.</param>
/// <param name="Instances">How many run when nothing is being released.</param>
/// <param name="Batch">Replaced together, within headroom.</param>
/// <param name="KeepWarm">Instances of the version before that stay up until the watch is over.</param>
public sealed record RolloutRegion(string Name, ArtifactDigest? Baseline, int Instances, int Batch, int KeepWarm, double RequestsPerSecond)
{
    /// <summary>The canary's instances in this region.</summary>
    public int Canary(int wanted) => Instances >= 2 * wanted ? wanted : 1;

    [JsonIgnore]
    public int Batches => (Instances + Batch - 1) / Batch;
}

/// <summary>What one step of the release plan is about.</summary>
/// <param name="Kind">Which rules it follows.</param>
/// <param name="Regions">That it brings on their way.</param>
/// <param name="LeastBake">It is watched at least so long, whatever the evidence says; 0: until evidence.</param>
public sealed record RolloutPhase(PhaseKind Kind, IReadOnlyList<string> Regions, TimeSpan LeastBake = default);

[JsonConverter(typeof(JsonStringEnumConverter<PhaseKind>))]
public enum PhaseKind
{
    /// <summary>A few instances in the region with least traffic.</summary>
    Canary,

    /// <summary>A few instances in every region.</summary>
    EveryRegion,

    /// <summary>Regions go to all of their instances and requests.</summary>
    Wave,

    /// <summary>The version before is kept warm, and everything is judged on; then it is let go.</summary>
    Watch,
}

/// <summary>A change of what an endpoint answers that somebody declared for one release: gone, moved, closed,
/// empty.</summary>
/// <param name="Endpoint">As the edges name it.</param>
/// <param name="Change">For people, and for the record.</param>
public sealed record ExpectedChange(string Endpoint, string Change);
