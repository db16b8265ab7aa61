namespace Tidegate;

/// <summary>Quantiles of the chi-square distribution, from the series of the incomplete gamma function (Abramowitz and Stegun 6.5.29).</summary>
internal static class ChiSquare
{
    /// <param name="probability">Above 0, below 1.</param>
    /// <param name="freedom">Degrees of freedom: at least 1.</param>
    public static double Quantile(double probability, int freedom)
    {
        var (low, high) = (0.0, 1.0);
        while (Below(high, freedom) < probability) high *= 2;
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (Below(middle, freedom) < probability) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private static double Below(double x, int freedom)
    {
        var (a, half) = (freedom / 2.0, x / 2);
        var (term, sum) = (1 / a, 1 / a);
        for (var n = 1; term > sum * 1e-16; n++)
        {
            term *= half / (a + n);
            sum += term;
        }

        return Math.Exp((a * Math.Log(half)) - half - LogDomain.Gamma(a)) * sum;
    }
}
