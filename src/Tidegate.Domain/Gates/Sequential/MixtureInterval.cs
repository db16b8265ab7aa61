namespace Tidegate;

/// <summary>The candidate's share of all events, as an interval that stays valid however often it is looked at: for people, beside a verdict.</summary>
/// <remarks>The Beta-Binomial mixture of Lindon and Malek (NeurIPS 2022, arXiv 2011.03567) around a prior share; the interval holds
/// every share whose evidence is below 1/α.</remarks>
public static class MixtureInterval
{
    /// <summary>Evidence, in nats, that the candidate's share of the events is not <paramref name="share"/>.</summary>
    /// <param name="concentration">How many events the prior is worth.</param>
    public static double LogValue(long candidate, long baseline, double share, double concentration) =>
        Mixture(candidate, baseline, share, concentration) - (candidate * Math.Log(share)) - (baseline * LogDomain.LogOnePlus(-share));

    /// <summary>Shares that are not refuted.</summary>
    /// <param name="prior">The share to be expected of equal rates: above 0, below 1.</param>
    public static (double Low, double High) Of(long candidate, long baseline, double prior, double concentration, double alpha)
    {
        if (candidate + baseline == 0) return (0, 1);

        var constant = Mixture(candidate, baseline, prior, concentration) - Math.Log(1 / alpha);
        var mode = candidate / (double)(candidate + baseline);
        return (candidate == 0 ? 0 : Bisect(1e-300, mode, Refuted), baseline == 0 ? 1 : Bisect(1 - 1e-16, mode, Refuted));

        bool Refuted(double share) =>
            constant - (candidate == 0 ? 0 : candidate * Math.Log(share)) - (baseline == 0 ? 0 : baseline * LogDomain.LogOnePlus(-share)) > 0;
    }

    /// <summary>The ratio of the rates that belongs to a share of the events, at these requests.</summary>
    public static double Ratio(double share, long candidateRequests, long baselineRequests) =>
        share >= 1 ? double.PositiveInfinity : share * baselineRequests / ((1 - share) * candidateRequests);

    private static double Mixture(long candidate, long baseline, double share, double concentration)
    {
        var (a, b) = (concentration * share, concentration * (1 - share));
        return LogDomain.Beta(a + candidate, b + baseline) - LogDomain.Beta(a, b);
    }

    private static double Bisect(double refuted, double held, Func<double, bool> isRefuted)
    {
        for (var i = 0; i < 200; i++)
        {
            var middle = (refuted + held) / 2;
            (refuted, held) = isRefuted(middle) ? (middle, held) : (refuted, middle);
        }

        return (refuted + held) / 2;
    }
}
