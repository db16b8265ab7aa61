using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>A step that is judged beside the version that runs now: the evidence sets the share, and ends the bake.</summary>
/// <param name="Name">Which settings, for people and for the record.</param>
/// <param name="Options">How safety is weighed against speed; <see cref="SequentialOptions.Window"/> is the cadence of looks.</param>
/// <param name="RequestsPerSecond">To be expected in the step's regions together, of both versions: above 0.</param>
/// <param name="Dispersion">Of failed requests over instances of one version, at least 1; see <see cref="DispersionEstimate"/>.</param>
/// <param name="SlowDispersion">The same of slow requests.</param>
/// <param name="LatencyTolerance">Histogram edges by which the candidate may be slower before that is held against it.</param>
/// <param name="LatencyMargin">Histogram edges by which it may be slower and still be promoted.</param>
/// <param name="MemoryLimitMebibytes">Of an instance; null: growth of memory is no part of the comparison.</param>
/// <param name="Watching">The candidate has all requests already, and the old version stays warm: a suspicion splits the requests again.</param>
/// <param name="Shadow">Other settings that see the same and decide nothing; null: none.</param>
public sealed record ComparisonPlan(
    string Name,
    SequentialOptions Options,
    double RequestsPerSecond,
    double Dispersion,
    double SlowDispersion,
    int LatencyTolerance,
    int LatencyMargin,
    double? MemoryLimitMebibytes,
    bool Watching,
    ShadowGate? Shadow)
{
    /// <summary>The candidate is compared with instances of the running version that are started with it; see <see cref="Tidegate.FreshBaseline"/>. Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FreshBaseline { get; init; }

    /// <summary>The share that the step begins with, before anything is known of the candidate.</summary>
    [JsonIgnore]
    public TrafficShare First => Watching
        ? TrafficShare.All
        : new(Math.Max(1, (int)Math.Round(10_000 * new SequentialGate(Options, new(0.001, 0.01, 1, 1, RequestsPerSecond, [])).Begin().Weight)));

    /// <summary>How long the step may take, in all, before somebody is asked. The gate asks after twice the cap of time that it could judge;
    /// this is for windows that cannot be read.</summary>
    [JsonIgnore]
    public Bake Bake => Watching
        ? new(Options.WatchTime, (3 * Options.WatchTime) + (4 * Options.LowTrafficTime), TimeSpan.Zero, Options.Window)
        : new(Options.MinimumTime, Options.WarmUp + (5 * Options.CapTime), Options.WarmUp, Options.Window);
}

/// <summary>A gate that is tried out: what it would have said is told, and never acted on.</summary>
public sealed record ShadowGate(string Name, SequentialOptions Options);
