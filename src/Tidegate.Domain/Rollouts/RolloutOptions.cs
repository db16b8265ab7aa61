using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>How a whole release weighs safety against speed. Every default is the one that was measured (docs/gate.md).</summary>
public sealed record RolloutOptions
{
    public static RolloutOptions Default { get; } = new();

    /// <summary>α: the chance that a harmless release is rolled back, everything together, from its first instance to the end of its watch. Default 0.01.</summary>
    public double Alpha { get; init; } = 0.01;

    /// <summary>How the budget is shared.</summary>
    public BudgetWeights Weights { get; init; } = BudgetWeights.Default;

    /// <summary>β: the chance that a harmful candidate is shown "not worse". Default 0.05.</summary>
    public double Beta { get; init; } = 0.05;

    /// <summary>γ: the chance that the bound on its failure rate, which the ramp follows, is too low. Default 0.05.</summary>
    public double Gamma { get; init; } = 0.05;

    /// <summary>D: failed requests that the ramp risks before a rollback has its effect. Default 8.</summary>
    public double HarmBudget { get; init; } = 8;

    /// <summary>From a fault to the effect of its rollback. Default 20 s.</summary>
    public TimeSpan Reaction { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many times the running version's failure rate is borne. Default 1.1.</summary>
    public double Tolerance { get; init; } = ToleranceEstimate.Least;

    /// <summary>From where on a release is harmful.</summary>
    public HarmMargin Margin { get; init; } = new();

    /// <summary>From where on it is harmful to one region alone. Default: 3 times as often, and 1 % of its requests.</summary>
    public HarmMargin RegionMargin { get; init; } = new(3, 0.01);

    /// <summary>The least share that a region begins with. Default 0.1 %.</summary>
    public double FirstShare { get; init; } = 0.001;

    /// <summary>Time after instances have come, in which only hard failures and deaths count. Default 60 s. Dwells of the phases are as long.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>No region goes on by evidence before. Default 2 min.</summary>
    public TimeSpan MinimumTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>With little at stake a step goes on after this. Default 10 min.</summary>
    public TimeSpan LowTrafficTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A step goes on after this, or does what <see cref="AtCap"/> says. Default 30 min.</summary>
    public TimeSpan CapTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>What happens at <see cref="CapTime"/>, and with little at stake, when the evidence is not there. Default: slower.</summary>
    public CapRule AtCap { get; init; } = CapRule.Slower;

    /// <summary>Each passed wave multiplies the next one's time with little at stake with this, down to a quarter. Default 0.5.</summary>
    public double Confidence { get; init; } = 0.5;

    /// <summary>How long the version before stays warm once all requests go to the new one. Default 1 h.</summary>
    public TimeSpan WatchTime { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>A probe lasts at least so long, and at most ten times. Default 60 s.</summary>
    public TimeSpan ProbeTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Length of a window: the cadence of looks. Default 5 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Shares grow, at most twofold, this often. Default 10 s.</summary>
    public TimeSpan RampEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests that each endpoint of the candidate must have answered, if its traffic allows. Default 29.</summary>
    public int EndpointFloor { get; init; } = 29;

    /// <summary>Evidence that must be left without any one instance, and without the windows in which a share changed. Default 3.</summary>
    public double Rest { get; init; } = 3;

    /// <summary>With one or two instances in the accused place nothing can be left out: then this much evidence is asked for. Default 10,000.</summary>
    public double FewInstances { get; init; } = 10_000;

    /// <summary>Evidence that has no instances to leave out (endpoints, answers): this much is asked for. Default 1,000.</summary>
    public double WithoutInstances { get; init; } = 1_000;

    /// <summary>Variance that a minute's memory difference adds to a sum over many minutes, in squared percent of the limit. Default 3.2.</summary>
    public double MemoryVariance { get; init; } = 3.2;

    /// <summary>M that is the verdict.</summary>
    [JsonIgnore]
    public double Accused => 1 / Alpha;

    /// <summary>With the settings that a single comparison has too.</summary>
    public static RolloutOptions Of(SequentialOptions options, double confidence, CapRule atCap) => Default with
    {
        Alpha = options.Alpha,
        Beta = options.Beta,
        Gamma = options.Gamma,
        HarmBudget = options.HarmBudget,
        Reaction = options.Reaction,
        Tolerance = options.Tolerance,
        Margin = options.Margin,
        RegionMargin = new(Math.Max(Default.RegionMargin.Margin, options.Margin.Margin), Math.Max(Default.RegionMargin.Harm, options.Margin.Harm)),
        FirstShare = options.FirstWeight,
        WarmUp = options.WarmUp,
        MinimumTime = options.MinimumTime,
        LowTrafficTime = options.LowTrafficTime,
        CapTime = options.CapTime,
        AtCap = atCap,
        Confidence = confidence,
        WatchTime = options.WatchTime,
        ProbeTime = options.ProbeTime,
        Window = options.Window,
        RampEvery = options.RampEvery,
        EndpointFloor = options.EndpointFloor,
        MemoryVariance = options.MemoryVariance,
    };
}

/// <summary>What happens when a step's time is over and the evidence is not there. Missing evidence alone never rolls back.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CapRule>))]
public enum CapRule
{
    /// <summary>It goes on, and the ramp stays bound by what is not ruled out yet: the next step risks no more than the harm budget.</summary>
    Slower,

    /// <summary>It goes on as if the evidence were there.</summary>
    Promote,

    /// <summary>The engineer on call is asked.</summary>
    Hold,
}
