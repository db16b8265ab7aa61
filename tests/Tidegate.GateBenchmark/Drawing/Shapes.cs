namespace Tidegate.GateBenchmark.Drawing;

/// <summary>Draws that only this benchmark needs.</summary>
internal static class Shapes
{
    /// <summary>Marsaglia and Tsang 2000; for shapes of at least 1.</summary>
    public static double Gamma(this Generator random, double shape)
    {
        var d = shape - (1 / 3.0);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.Normal();
            var v = 1 + (c * x);
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(random.Uniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }

    public static double Beta(this Generator random, double a, double b)
    {
        var x = random.Gamma(a);
        return x / (x + random.Gamma(b));
    }
}
