namespace Tidegate.Engine.Simulation;

internal static class Chance
{
    /// <summary>The variance from which on the normal approximation is good enough for a rehearsal.</summary>
    private const double Enough = 10;

    /// <summary>How many of n happen: exact draws for few, the normal approximation for many.</summary>
    public static long Draw(long n, double p, Random random)
    {
        if (n <= 0 || p <= 0) return 0;
        if (p >= 1) return n;
        if (n * p * (1 - p) < Enough) return n <= 100 ? OneByOne(n, p, random) : p <= 0.5 ? BySkipping(n, p, random) : n - BySkipping(n, 1 - p, random);

        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Clamp((long)Math.Round((n * p) + (normal * Math.Sqrt(n * p * (1 - p)))), 0, n);
    }

    private static long OneByOne(long n, double p, Random random)
    {
        var happened = 0L;
        for (var i = 0; i < n; i++) if (random.NextDouble() < p) happened++;
        return happened;
    }

    /// <summary>From one event to the next: the gaps are geometric.</summary>
    private static long BySkipping(long n, double p, Random random)
    {
        var (happened, at, rare) = (0L, 0.0, Math.Log(1 - p));
        while ((at += Math.Floor(Math.Log(1 - random.NextDouble()) / rare) + 1) <= n) happened++;
        return happened;
    }
}

/// <summary>Apart from each other, so that what is measured of latency does not change which requests fail.</summary>
internal sealed record SimulatedChance(Random Errors, Random Latency);
