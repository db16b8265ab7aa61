namespace Tidegate;

/// <summary>When is a candidate good enough to be promoted: the evidence against "it is harmful".</summary>
/// <remarks>
/// Harmful means: its failure rate is at least <c>margin</c> times the baseline's and at least <c>harm</c>. The mean of the two
/// tests is an e-process under it, so N ≥ 1/β is a promotion that is wrong with a chance of at most β, however often one looks.
/// </remarks>
/// <param name="Margin">ρₘ, the ratio from which on a candidate is harmful. Default 2.</param>
/// <param name="Harm">δ, the rate from which on it is harmful. Default 0.2 %.</param>
public sealed record HarmMargin(double Margin = 2, double Harm = 0.002)
{
    /// <summary>What a good candidate may look like beside the baseline: alike, or better.</summary>
    public const double Alike = 1.0, Better = 0.6;

    /// <summary>Evidence, in nats, that the candidate is not harmful.</summary>
    public double Evidence(RatioBelow paired, EventCount candidate, double dispersion) =>
        LogDomain.Add(paired.LogValue, RateBelow.LogValue(candidate, Harm, dispersion)) - Math.Log(2);
}

/// <summary>Evidence that the candidate's rate is below <c>limit</c> times the baseline's; two alternatives, two numbers of state.</summary>
public readonly record struct RatioBelow(double First, double Second)
{
    /// <summary>In nats.</summary>
    public double LogValue => LogDomain.Mean([First, Second]);

    /// <param name="limit">The ratio to be refuted.</param>
    /// <param name="first">One ratio that a good candidate may have, below the limit.</param>
    /// <param name="second">Another.</param>
    public RatioBelow Add(in PairedCounts window, double limit, double first, double second, double dispersion)
    {
        if (!window.Comparable || window.Events == 0) return this;
        return new(
            First + (RateRatio.LogLikelihood(window, limit, first) / dispersion),
            Second + (RateRatio.LogLikelihood(window, limit, second) / dispersion));
    }
}

/// <summary>Evidence that a rate is below a limit, from the candidate's own counts: a mixture over half, a quarter and a twentieth of it.</summary>
public static class RateBelow
{
    private static readonly double[] Shares = [0.5, 0.25, 0.05];

    /// <summary>In nats.</summary>
    /// <param name="limit">Above 0, below 1.</param>
    public static double LogValue(EventCount count, double limit, double dispersion)
    {
        Span<double> logs = stackalloc double[3];
        for (var k = 0; k < 3; k++)
        {
            var rate = limit * Shares[k];
            var good = LogDomain.LogOnePlus(-rate) - LogDomain.LogOnePlus(-limit);
            logs[k] = ((count.Events * Math.Log(Shares[k])) + ((count.Exposures - count.Events) * good)) / dispersion;
        }

        return LogDomain.Mean(logs);
    }
}
