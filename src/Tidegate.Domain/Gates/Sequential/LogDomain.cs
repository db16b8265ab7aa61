namespace Tidegate;

/// <summary>Sums of numbers that are kept as their logarithms, so that evidence of a billion requests neither overflows nor vanishes.</summary>
internal static class LogDomain
{
    /// <summary>ln(e^a + e^b).</summary>
    public static double Add(double a, double b)
    {
        var (high, low) = a >= b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(low) ? high : high + LogOnePlus(Math.Exp(low - high));
    }

    /// <summary>ln of the mean of e^x.</summary>
    public static double Mean(ReadOnlySpan<double> logs) => Sum(logs) - Math.Log(logs.Length);

    /// <summary>ln of the sum of e^x.</summary>
    public static double Sum(ReadOnlySpan<double> logs)
    {
        var highest = double.NegativeInfinity;
        foreach (var log in logs) highest = Math.Max(highest, log);
        if (double.IsInfinity(highest)) return highest;

        var sum = 0.0;
        foreach (var log in logs) sum += Math.Exp(log - highest);
        return highest + Math.Log(sum);
    }

    /// <summary>ln(1 + x) without the loss of digits that adding 1 brings (Goldberg, ACM Computing Surveys 1991, theorem 4).</summary>
    public static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>ln Γ(x) for x above 0: Stirling's series from 16 on, the recurrence below it (Abramowitz and Stegun 6.1.40, 6.1.15).</summary>
    public static double Gamma(double x)
    {
        var below = 1.0;
        var shift = 0.0;
        for (; x < 16; x++)
        {
            below *= x;
            if (below < 1e280) continue;
            shift += Math.Log(below);
            below = 1;
        }

        var (inverse, square) = (1 / x, 1 / (x * x));
        var series = inverse * ((1 / 12.0) + (square * ((-1 / 360.0) + (square * ((1 / 1260.0) + (square * ((-1 / 1680.0) + (square * ((1 / 1188.0)
            + (square * (-691 / 360360.0)))))))))));
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift - Math.Log(below);
    }

    /// <summary>ln B(a, b).</summary>
    public static double Beta(double a, double b) => Gamma(a) + Gamma(b) - Gamma(a + b);
}
