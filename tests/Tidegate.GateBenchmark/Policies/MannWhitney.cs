namespace Tidegate.GateBenchmark.Policies;

/// <summary>The shift between two samples: Hodges and Lehmann's estimate, and the lower end of its 98 % interval.</summary>
internal static class MannWhitney
{
    private const double Z = 2.3263478740408408;

    public static (double Estimate, double Low) Shift(IReadOnlyList<double> ours, IReadOnlyList<double> theirs)
    {
        double[] x = [.. ours.Order()], y = [.. theirs.Order()];
        double n = x.Length, m = y.Length;
        var rank = (n * m / 2) - (Z * Math.Sqrt(n * m * (n + m + 1) / 12));
        return (Difference(x, y, n * m / 2), Difference(x, y, Math.Max(1, rank)));
    }

    /// <summary>The <paramref name="rank"/>-th smallest of all differences, by bisection of its value.</summary>
    private static double Difference(double[] x, double[] y, double rank)
    {
        var (low, high) = (x[0] - y[^1] - 1e-9, x[^1] - y[0] + 1e-9);
        for (var i = 0; i < 50; i++)
        {
            var middle = (low + high) / 2;
            if (AtMost(x, y, middle) >= rank) high = middle;
            else low = middle;
        }

        // Tied counts give differences of exactly 0, which bisection only comes near to.
        return Math.Round(high, 9);
    }

    private static long AtMost(double[] x, double[] y, double limit)
    {
        var (count, j) = (0L, 0);
        foreach (var value in x)
        {
            // Both ascend: the first y that is large enough only moves up.
            while (j < y.Length && y[j] < value - limit) j++;
            count += y.Length - j;
        }

        return count;
    }
}
