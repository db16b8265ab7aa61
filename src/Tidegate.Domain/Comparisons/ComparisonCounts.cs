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
        var everyone = Since(before, now, regions, v => v != candidate);
        var fresh = reference.Fresh is { } instances ? SinceOf(instances, before, now) : null;
        if (reference.Fresh is not null && fresh is null) return ComparisonWindow.Unread(share, "no edge counts by instance, and no fresh instance of the running version can be told from the others");

        var theirs = fresh?.Endpoints ?? everyone;
        var (candidates, baselines) = (EndpointCounters.Sum(ours.Values), fresh?.Total ?? EndpointCounters.Sum(everyone.Values));
        return new(
            share.BasisPoints,
            null,
            null,
            Four(candidates, baselines),
            [.. reference.Endpoints.Select(e => Four(ours.GetValueOrDefault(e) ?? EndpointCounters.Zero, theirs.GetValueOrDefault(e) ?? EndpointCounters.Zero))],
            [.. reference.Edges.Select(e => (IReadOnlyList<long>)[candidates.SlowerThan(e.Tolerated), candidates.SlowerThan(e.Margin), candidates.SlowerThan(e.Edge), baselines.SlowerThan(e.Edge)])],
            null)
        {
            BaselineAltogether = reference.Fresh is null ? null : everyone.Values.Sum(e => e.Requests),
        };
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
            Add(sums, seen.Endpoints, earlier?.Endpoints);
        }

        return sums;
    }

    /// <returns>Null when no edge tells of any of these instances.</returns>
    private static (Dictionary<string, EndpointCounters> Endpoints, EndpointCounters Total)? SinceOf(IReadOnlyList<string> instances, TrafficReading.Counted before, TrafficReading.Counted now)
    {
        var (earlier, seen) = (By(before), By(now));
        if (!instances.Any(seen.Contains)) return null;

        var (sums, total) = (new Dictionary<string, EndpointCounters>(StringComparer.Ordinal), EndpointCounters.Zero);
        foreach (var instance in instances.Where(seen.Contains))
        {
            var (one, old) = (seen[instance].First(), earlier[instance].FirstOrDefault());
            total = total.Plus(one.Total.Since(old?.Total ?? EndpointCounters.Zero));
            Add(sums, Counters(one.Endpoints), old is null ? null : Counters(old.Endpoints));
        }

        return (sums, total);

        static ILookup<string, InstanceTraffic> By(TrafficReading.Counted counted) =>
            counted.Versions.SelectMany(v => v.Instances).ToLookup(i => i.Key, i => i.Value, StringComparer.Ordinal);

        static Dictionary<string, EndpointCounters> Counters(IReadOnlyDictionary<string, EventCount> endpoints) =>
            endpoints.ToDictionary(e => e.Key, e => EndpointCounters.Zero with { Requests = e.Value.Exposures, Errors = e.Value.Events }, StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, EndpointCounters> sums, IReadOnlyDictionary<string, EndpointCounters> seen, IReadOnlyDictionary<string, EndpointCounters>? earlier)
    {
        foreach (var (endpoint, counters) in seen)
        {
            var delta = counters.Since(earlier?.GetValueOrDefault(endpoint) ?? EndpointCounters.Zero);
            sums[endpoint] = (sums.GetValueOrDefault(endpoint) ?? EndpointCounters.Zero).Plus(delta);
        }
    }

    private static long[] Four(EndpointCounters ours, EndpointCounters theirs) => [ours.Requests, theirs.Requests, ours.Errors, theirs.Errors];
}
