namespace Tidegate;

/// <summary>Latency as events: edges in milliseconds, fixed before the release, beyond which a request counts as slow.</summary>
/// <remarks>
/// Any edge chosen beforehand keeps the tests valid; a noisy choice only costs power. The candidate's requests are counted beyond
/// (1 + tolerance)·edge and the baseline's beyond the edge, so "not worse by more than the tolerance" is a ratio of at most 1.
/// With exponential histograms a tolerance is a number of buckets: at a growth of 1.05 one bucket is 5 %, three are 15.8 %.
/// </remarks>
/// <param name="Edge">What the baseline is counted beyond.</param>
/// <param name="Tolerated">What the candidate is counted beyond when it is accused.</param>
/// <param name="Margin">What it is counted beyond when it is to be promoted.</param>
public readonly record struct LatencyEdges(double Edge, double Tolerated, double Margin)
{
    /// <param name="edges">The histogram's edges in milliseconds, ascending.</param>
    /// <param name="beyond">For each edge, the baseline's requests that took longer.</param>
    /// <param name="requests">The baseline's requests.</param>
    /// <param name="quantile">Above 0, below 1; for example 0.99.</param>
    public static LatencyEdges At(IReadOnlyList<double> edges, IReadOnlyList<long> beyond, long requests, double quantile, int tolerance = 1, int margin = 3)
    {
        var at = 0;
        while (at < edges.Count - 1 && beyond[at] > requests * (1 - quantile)) at++;
        return new(edges[at], edges[Math.Min(at + tolerance, edges.Count - 1)], edges[Math.Min(at + margin, edges.Count - 1)]);
    }
}

/// <summary>Slow requests of one window at one quantile's edges.</summary>
/// <param name="CandidateBeyondTolerance">Beyond <see cref="LatencyEdges.Tolerated"/>.</param>
/// <param name="CandidateBeyondMargin">Beyond <see cref="LatencyEdges.Margin"/>.</param>
/// <param name="CandidateBeyondEdge">Beyond <see cref="LatencyEdges.Edge"/>.</param>
/// <param name="BaselineBeyondEdge">Beyond <see cref="LatencyEdges.Edge"/>.</param>
public readonly record struct SlowCounts(long CandidateBeyondTolerance, long CandidateBeyondMargin, long CandidateBeyondEdge, long BaselineBeyondEdge);
