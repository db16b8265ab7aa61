namespace Tidegate.Engine.Simulation;

/// <summary>How long simulated requests take: half of them longer than 12 ms, and half of those longer than 24 ms, and so on.</summary>
internal static class SimulatedLatency
{
    private const double MedianMilliseconds = 12;

    /// <summary>Histogram edges in milliseconds, as an edge counts them; beyond the last one nothing is ever answered.</summary>
    private static readonly double[] Edges = [4.7, 6.8, 10, 15, 22, 33, 47, 68, 100, 150, 220, 330, 470, 60_000];

    public static long[] None { get; } = new long[Edges.Length];

    public static LatencyCounts Counted(long[] slower) => new(Edges, slower);

    /// <param name="slower">For each edge, how many took longer so far.</param>
    /// <param name="stuck">Share of requests that take longer than every edge.</param>
    public static long[] More(long[] slower, long requests, double stuck, Random random)
    {
        var next = new long[Edges.Length];
        var endless = Chance.Draw(requests, stuck, random);
        var (left, share) = (requests - endless, 1.0);
        for (var i = 0; i < Edges.Length; i++)
        {
            var beyond = Math.Pow(2, -Edges[i] / MedianMilliseconds);
            left = Chance.Draw(left, beyond / share, random);
            share = beyond;
            next[i] = slower[i] + left + endless;
        }

        return next;
    }
}
