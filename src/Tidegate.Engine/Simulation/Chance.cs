namespace Tidegate.Engine.Simulation;

internal static class Chance
{
    /// <summary>How many of n happen: exact draws for few, the normal approximation for many.</summary>
    public static long Draw(long n, double p, Random random)
    {
        if (n <= 0 || p <= 0) return 0;
        if (p >= 1) return n;
        if (n <= 1_000) return Enumerable.Range(0, (int)n).Count(_ => random.NextDouble() < p);

        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Clamp((long)Math.Round((n * p) + (normal * Math.Sqrt(n * p * (1 - p)))), 0, n);
    }
}

/// <summary>Apart from each other, so that what is measured of latency does not change which requests fail.</summary>
internal sealed record SimulatedChance(Random Errors, Random Latency);
