namespace Tidegate;

/// <summary>How the sequential gate weighs safety against speed. Every default is the one that was measured (docs/gate.md).</summary>
public sealed record SequentialOptions
{
    public static SequentialOptions Default { get; } = new();

    /// <summary>α: the chance that a harmless release is rolled back, over the whole release and all signals. Default 0.01.</summary>
    public double Alpha { get; init; } = 0.01;

    /// <summary>β: the chance that a harmful release is promoted early. Default 0.05.</summary>
    public double Beta { get; init; } = 0.05;

    /// <summary>γ: the chance that the bound on the candidate's failure rate, which the ramp follows, is too low. Default 0.05.</summary>
    public double Gamma { get; init; } = 0.05;

    /// <summary>D: failed requests that the ramp risks before a rollback has its effect. Default 8.</summary>
    public double HarmBudget { get; init; } = 8;

    /// <summary>The least weight the ramp begins with. Default 0.1 %; with few requests it begins higher, as the harm budget allows.</summary>
    public double FirstWeight { get; init; } = 0.001;

    /// <summary>The weight at which the evidence is gathered. Default 1/3: 1.5 times the least harm in 1.125 times the least time.</summary>
    public double SoakWeight { get; init; } = 1.0 / 3;

    /// <summary>While the candidate warms up, only failures far beyond the baseline's count. Default 60 s.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>No promotion before. Default 2 min.</summary>
    public TimeSpan MinimumTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>With so little traffic that evidence would take longer than <see cref="CapTime"/>, and little to lose: promotion after this. Default 10 min.</summary>
    public TimeSpan LowTrafficTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>With little to lose: promotion after this even without all the evidence. After twice this <see cref="AtCap"/> decides. Default 30 min.</summary>
    public TimeSpan CapTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the old version stays warm after promotion. Default 60 min.</summary>
    public TimeSpan WatchTime { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>A probe lasts at least so long. Default 60 s.</summary>
    public TimeSpan ProbeTime { get; init; } = TimeSpan.FromSeconds(60);

    public CapPolicy AtCap { get; init; } = CapPolicy.Hold;

    /// <summary>Length of a window. Default 5 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From a fault to the effect of its rollback: a window, the lag of the metrics, the rollback. Default 20 s.</summary>
    public TimeSpan Reaction { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The weight grows, at most twofold, this often. Default 10 s.</summary>
    public TimeSpan RampEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The failure rates that the ramp tries to refute, descending. Default <see cref="RampBound.Grades"/>.</summary>
    public IReadOnlyList<double> Grades { get; init; } = RampBound.Grades;

    /// <summary>ρ₀: how many times the baseline's failure rate is borne. From the service's own splits: <see cref="ToleranceEstimate"/>. Default 1.1.</summary>
    public double Tolerance { get; init; } = ToleranceEstimate.Least;

    /// <summary>From where on a release is harmful.</summary>
    public HarmMargin Margin { get; init; } = new();

    /// <summary>How the false-alarm budget is shared among the signals.</summary>
    public ErrorBudget Budget { get; init; } = ErrorBudget.Default;

    /// <summary>Variance that a minute's memory difference adds to a sum over many minutes: larger than its own, since minutes resemble
    /// their neighbours. Default 3.2 (percent of the limit, squared).</summary>
    /// <remarks>A slope is a sum over an hour, so the long-run variance counts. With 2.6, which lies between the two, memory alone made half of all false rollbacks.</remarks>
    public double MemoryVariance { get; init; } = 3.2;

    /// <summary>Fixed weights and bakes instead of the ramp that follows the evidence; empty: the ramp. Every test is the same.</summary>
    public IReadOnlyList<RampStep> Steps { get; init; } = [];

    /// <summary>Requests that each endpoint of the candidate must have answered, if its traffic allows: none failed of 29 refutes a rate of 10 % at 5 %. Default 29.</summary>
    public int EndpointFloor { get; init; } = 29;
}

/// <summary>One fixed step: this share of the requests for this long.</summary>
public sealed record RampStep(double Share, TimeSpan Bake);

/// <summary>What happens when twice the cap time is over and the evidence is still missing.</summary>
public enum CapPolicy
{
    /// <summary>The engineer on call is asked.</summary>
    Hold,

    /// <summary>It is promoted, and watched.</summary>
    Promote,
}
