namespace Tidegate.Engine.Simulation;

/// <summary>Exact draws: inversion for small means, transformed rejection for large ones.</summary>
/// <remarks>Hörmann 1993: PTRS and BTRS.</remarks>
internal static class Draw
{
    private const double Large = 10;

    public static double Normal(this Generator random) =>
        Math.Sqrt(-2 * Math.Log(random.Uniform())) * Math.Cos(2 * Math.PI * random.Uniform());

    public static long Poisson(this Generator random, double mean)
    {
        if (mean <= 0) return 0;
        if (mean >= Large) return LargePoisson(random, mean);

        var (count, probability, uniform) = (0L, Math.Exp(-mean), random.Uniform());
        for (; uniform > probability && count < 200; uniform -= probability, probability *= mean / ++count) { }
        return count;
    }

    public static long Binomial(this Generator random, long n, double p)
    {
        if (n <= 0 || p <= 0) return 0;
        if (p >= 1) return n;
        if (p > 0.5) return n - Binomial(random, n, 1 - p);
        if (n * p >= Large) return LargeBinomial(random, n, p);

        var (odds, count) = (p / (1 - p), 0L);
        var (probability, uniform) = (Math.Exp(n * Math.Log(1 - p)), random.Uniform());
        while (uniform > probability && count < n)
        {
            count++;
            uniform -= probability;
            probability *= odds * (n - count + 1) / count;
        }

        return count;
    }

    /// <summary>1, 2, 3, … with the given mean.</summary>
    public static long Geometric(this Generator random, double mean) =>
        1 + (long)(Math.Log(random.Uniform()) / Math.Log(1 - (1 / mean)));

    /// <summary>Events among n that come in clusters of this mean size.</summary>
    public static long Clustered(this Generator random, long n, double p, double cluster)
    {
        if (cluster <= 1 || p >= 1) return random.Binomial(n, p);

        var events = 0L;
        for (var left = random.Poisson(n * p / cluster); left > 0; left--) events += random.Geometric(cluster);
        return Math.Min(events, n);
    }

    /// <summary>How many of a sample fall on each part: the sum is kept.</summary>
    /// <param name="weights">Of each part; need not add up to 1.</param>
    public static void Split(this Generator random, long sample, ReadOnlySpan<long> weights, Span<long> parts)
    {
        var whole = 0L;
        foreach (var weight in weights) whole += weight;
        for (var i = 0; i < weights.Length; i++)
        {
            var drawn = whole <= weights[i] ? sample : random.Binomial(sample, weights[i] / (double)whole);
            parts[i] = Math.Min(drawn, weights[i]);
            (sample, whole) = (sample - parts[i], whole - weights[i]);
        }
    }

    private static long LargePoisson(Generator random, double mean)
    {
        var b = 0.931 + (2.53 * Math.Sqrt(mean));
        var a = -0.059 + (0.02483 * b);
        var inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        var accept = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            var (u, v) = (random.Uniform() - 0.5, random.Uniform());
            var us = 0.5 - Math.Abs(u);
            var k = (long)Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= accept) return k;
            if (k < 0 || (us < 0.013 && v > us)) continue;
            var bound = (k * Math.Log(mean)) - mean - LogFactorial(k);
            if (Math.Log(v * inverseAlpha / ((a / (us * us)) + b)) <= bound) return k;
        }
    }

    private static long LargeBinomial(Generator random, long n, double p)
    {
        var spread = Math.Sqrt(n * p * (1 - p));
        var b = 1.15 + (2.53 * spread);
        var a = -0.0873 + (0.0248 * b) + (0.01 * p);
        var (centre, accept, odds) = ((n * p) + 0.5, 0.92 - (4.2 / b), p / (1 - p));
        var alpha = (2.83 + (5.1 / b)) * spread;
        var mode = (long)Math.Floor((n + 1) * p);
        while (true)
        {
            var (u, v) = (random.Uniform() - 0.5, random.Uniform());
            var us = 0.5 - Math.Abs(u);
            var k = (long)Math.Floor((((2 * a / us) + b) * u) + centre);
            if (us >= 0.07 && v <= accept) return k;
            if (k < 0 || k > n) continue;

            var bound = LogFactorial(mode) + LogFactorial(n - mode) - LogFactorial(k) - LogFactorial(n - k)
                + ((k - mode) * Math.Log(odds));
            if (Math.Log(v * alpha / ((a / (us * us)) + b)) <= bound) return k;
        }
    }

    private static double LogFactorial(long k)
    {
        if (k < Factorials.Length) return Factorials[k];
        var x = k + 1.0;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * x)) - (1 / (360 * x * x * x));
    }

    private static readonly double[] Factorials =
        [.. Enumerable.Range(0, 32).Select(k => Enumerable.Range(1, k).Sum(i => Math.Log(i)))];
}
