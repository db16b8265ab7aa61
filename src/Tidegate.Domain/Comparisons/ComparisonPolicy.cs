namespace Tidegate;

/// <summary>How a stage's steps are compared with the version that runs now; from it, each step's own comparison is made.</summary>
/// <param name="Name">For people and for the record.</param>
/// <param name="Options">How safety is weighed against speed.</param>
/// <param name="Dispersion">Of failed requests over instances of one version, at least 1.</param>
/// <param name="SlowDispersion">The same of slow requests.</param>
/// <param name="LatencyTolerance">Histogram edges by which the candidate may be slower.</param>
/// <param name="LatencyMargin">Histogram edges by which it may be slower and still be promoted.</param>
/// <param name="MemoryLimitMebibytes">Of an instance; null: memory is no part of the comparison.</param>
/// <param name="KeepWarm">The part of a region's old instances that stays up, without requests, to the end of the final watch: 0 to 1. 0: none, and no probe.</param>
/// <param name="Confidence">Each passed wave multiplies the next one's least times with this, down to a quarter: above 0, at most 1.
/// What the evidence needs stays what it is.</param>
/// <param name="Shadow">Other settings that see the same and decide nothing.</param>
public sealed record ComparisonPolicy(
    string Name,
    SequentialOptions Options,
    double Dispersion,
    double SlowDispersion,
    int LatencyTolerance,
    int LatencyMargin,
    double? MemoryLimitMebibytes,
    double KeepWarm,
    double Confidence,
    ShadowGate? Shadow)
{
    /// <summary>In the canary as many instances of the running version are started with the candidate's, and the candidate is compared with those. Default false.</summary>
    public bool FreshBaseline { get; init; }

    /// <summary>What happens when a step's time is over and the evidence is not there. Default: slower.</summary>
    public CapRule AtCap { get; init; } = CapRule.Slower;

    /// <summary>The canary stands in every region before the first wave. Default false: in the region with least traffic.</summary>
    public bool EveryRegion { get; init; }

    /// <summary>The whole release's own settings.</summary>
    public RolloutOptions Rollout => RolloutOptions.Of(Options, Confidence, AtCap);

    /// <summary>Old instances of a region that stay warm.</summary>
    public int Warm(int instances) => (int)Math.Ceiling((KeepWarm * instances) - 1e-9);

    /// <summary>Both versions side by side with half of the requests each, where no users have to be spared.</summary>
    public ComparisonPlan Beside(double requestsPerSecond)
    {
        var shadow = Shadow is { } s ? s with { Options = Half(s.Options) } : null;
        return new(
            Name,
            Half(Options),
            Math.Max(requestsPerSecond, 0.01),
            Dispersion,
            SlowDispersion,
            LatencyTolerance,
            LatencyMargin,
            MemoryLimitMebibytes,
            Watching: false,
            shadow);
        static SequentialOptions Half(SequentialOptions options) =>
            options with { FirstWeight = 0.5, SoakWeight = 0.5 };
    }
}
