namespace Tidegate.Engine.Simulation;

/// <summary>The few edges at which the simulation counts latency: near the usual quantiles, and some beyond.</summary>
/// <remarks>All are edges of the list that real edges count with: a gate finds them where it looks.</remarks>
internal static class LatencyBoundaries
{
    /// <summary>Edges beyond the last group: rarely, up to the end.</summary>
    private const int Sparse = 9;

    /// <param name="median">Milliseconds.</param>
    /// <param name="below">So many edges below each quantile's own.</param>
    /// <param name="above">So many above it.</param>
    public static double[] Around(double median, double sigma, int below, int above)
    {
        var (edges, near) = (LatencyBuckets.Milliseconds, new SortedSet<int>());
        foreach (var z in (double[])[0, NormalCurve.At90, NormalCurve.At99])
        {
            var own = Array.FindIndex(edges, b => b >= median * Math.Exp(sigma * z));
            if (own < 0) own = edges.Length - 1;
            for (var k = own - below; k <= own + above; k++) if (k >= 0 && k < edges.Length) near.Add(k);
        }

        for (var k = near.Max + Sparse; k < edges.Length - 1; k += Sparse) near.Add(k);
        near.Add(edges.Length - 1);
        return [.. near.Select(k => edges[k])];
    }
}
