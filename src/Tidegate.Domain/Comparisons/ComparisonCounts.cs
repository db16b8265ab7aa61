namespace Tidegate;

/// <summary>From the edges' cumulative counts at two looks to the window between them.</summary>
public static class ComparisonCounts
{
    /// <param name="regions">The step's regions: only there are both versions under the same requests.</param>
    public static ComparisonWindow Between(
        TrafficReading.Counted before,
        TrafficReading.Counted now,
        ArtifactDigest candidate,
        IReadOnlySet<string> regions,
        ComparisonReference reference,
        TrafficShare share)
    {
        if (regions.FirstOrDefault(r => now.Versions.All(v => v.Region != r) || before.Versions.All(v => v.Region != r)) is { } silent)
        {
            return ComparisonWindow.Unread(share, $"the edge of {silent} tells nothing");
        }

        var ours = Since(before, now, regions, v => v == candidate);
        var theirs = Since(before, now, regions, v => v != candidate);
        var (candidates, baselines) = (Sum(ours.Values), Sum(theirs.Values));
        return new(
            share.BasisPoints,
            null,
            null,
            Four(candidates, baselines),
            [.. reference.Endpoints.Select(e => Four(ours.GetValueOrDefault(e) ?? EndpointCounters.Zero, theirs.GetValueOrDefault(e) ?? EndpointCounters.Zero))],
            [.. reference.Edges.Select(e => (IReadOnlyList<long>)[candidates.SlowerThan(e.Tolerated), candidates.SlowerThan(e.Margin), candidates.SlowerThan(e.Edge), baselines.SlowerThan(e.Edge)])],
            null);
    }

    private static Dictionary<string, EndpointCounters> Since(
        TrafficReading.Counted before,
        TrafficReading.Counted now,
        IReadOnlySet<string> regions,
        Func<ArtifactDigest, bool> version)
    {
        var sums = new Dictionary<string, EndpointCounters>(StringComparer.Ordinal);
        foreach (var seen in now.Versions.Where(v => regions.Contains(v.Region) && version(v.Digest)))
        {
            var earlier = before.Versions.FirstOrDefault(v => v.Region == seen.Region && v.Digest == seen.Digest);
            foreach (var (endpoint, counters) in seen.Endpoints)
            {
                var delta = counters.Since(earlier?.Endpoints.GetValueOrDefault(endpoint) ?? EndpointCounters.Zero);
                sums[endpoint] = (sums.GetValueOrDefault(endpoint) ?? EndpointCounters.Zero).Plus(delta);
            }
        }

        return sums;
    }

    private static EndpointCounters Sum(IEnumerable<EndpointCounters> counters) => counters.Aggregate(EndpointCounters.Zero, (sum, one) => sum.Plus(one));

    private static long[] Four(EndpointCounters ours, EndpointCounters theirs) => [ours.Requests, theirs.Requests, ours.Errors, theirs.Errors];
}
