namespace Tidegate.Engine.Simulation;

/// <summary>The few edges at which the simulation counts latency: near the usual quantiles, and some beyond.</summary>
/// <remarks>All are edges of the list that real edges count with: a gate finds them where it looks.</remarks>
internal static class LatencyBoundaries
{
    /// <summary>Edges beyond the last group: rarely, up to the end.</summary>
    private const int Sparse = 9;

    /// <summary>0.5 ms, growing by 1.05, to 10 s.</summary>
    private static readonly double[] Buckets =
        [.. Enumerable.Range(0, 204).Select(k => Math.Min(10_000, 0.5 * Math.Pow(1.05, k)))];

    /// <param name="median">Milliseconds.</param>
    /// <param name="below">So many edges below each quantile's own.</param>
    /// <param name="above">So many above it.</param>
    public static double[] Around(double median, double sigma, int below, int above)
    {
        var near = new SortedSet<int>();
        foreach (var z in (double[])[0, NormalCurve.At90, NormalCurve.At99])
        {
            var own = Array.FindIndex(Buckets, b => b >= median * Math.Exp(sigma * z));
            if (own < 0) own = Buckets.Length - 1;
            for (var k = own - below; k <= own + above; k++) if (k >= 0 && k < Buckets.Length) near.Add(k);
        }

        for (var k = near.Max + Sparse; k < Buckets.Length - 1; k += Sparse) near.Add(k);
        near.Add(Buckets.Length - 1);
        return [.. near.Select(k => Buckets[k])];
    }
}
