namespace Tidegate;

/// <summary>How strongly counts speak against a limit, in nats, valid at every look.</summary>
/// <remarks>
/// Chernoff–Hoeffding (Hoeffding, JASA 1963): P(X ≥ k) ≤ exp(−n·KL(k/n ‖ p)) for X ~ Binomial(n, p) and k/n ≥ p.
/// Looking at every sample is paid for by spending alpha over the looks as 6/(π²t²), and over the groups evenly
/// (union bound), so the false-alarm probability of a whole bake stays below alpha. It needs no state and cannot overflow.
/// </remarks>
public static class EvidenceMath
{
    /// <summary>Evidence that the true rate is above <paramref name="limit"/>.</summary>
    /// <returns>Nats, 0 when the counts do not exceed the limit.</returns>
    public static double AboveLimit(EventCount count, double limit)
    {
        if (count.Exposures <= 0 || count.Rate <= limit) return 0;
        return limit <= 0 ? double.PositiveInfinity : count.Exposures * Divergence(count.Rate, limit);
    }

    /// <summary>Evidence that the candidate's rate is more than <paramref name="ratio"/> times the baseline's.</summary>
    /// <remarks>Given both arms' events together, the candidate's are Binomial(a + b, ρn/(ρn + m)): whatever hits both
    /// arms alike cancels (GATE: conditional binomial; Lindon and Malek, NeurIPS 2022).</remarks>
    public static double WorseThan(EventCount candidate, EventCount baseline, double ratio)
    {
        var events = candidate.Events + baseline.Events;
        if (events <= 0 || candidate.Exposures <= 0 || baseline.Exposures <= 0) return 0;

        var share = ratio * candidate.Exposures / ((ratio * candidate.Exposures) + baseline.Exposures);
        return AboveLimit(new EventCount(candidate.Events, events), share);
    }

    /// <summary>The nats that make a verdict at the <paramref name="look"/>-th look at <paramref name="groups"/> groups.</summary>
    /// <param name="alpha">The probability of a false alarm over all looks and groups: above 0, below 1.</param>
    public static double Needed(double alpha, int look, int groups) =>
        Math.Log(groups / alpha) + Math.Log(Math.PI * Math.PI * Math.Max(1, look) * Math.Max(1, look) / 6);

    /// <summary>Kullback–Leibler divergence of two coins, in nats; <paramref name="p"/> strictly between 0 and 1.</summary>
    private static double Divergence(double q, double p) =>
        (q > 0 ? q * Math.Log(q / p) : 0) + (q < 1 ? (1 - q) * Math.Log((1 - q) / (1 - p)) : 0);
}
