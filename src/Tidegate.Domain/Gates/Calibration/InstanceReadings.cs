namespace Tidegate;

/// <summary>Turns what the edges keep of each instance, read again and again, into windows.</summary>
public static class InstanceReadings
{
    /// <param name="readings">Cumulative counts by instance at consecutive instants; null where they could not be read. Neither window beside a
    /// gap is used, since it would be longer than the others.</param>
    public static IReadOnlyList<SplitWindow> Windows(IReadOnlyList<IReadOnlyDictionary<string, EndpointCounters>?> readings)
    {
        var windows = new List<Dictionary<string, EndpointCounters>>();
        foreach (var (before, after) in readings.Zip(readings.Skip(1)))
        {
            if (before is null || after is null) continue;
            windows.Add(after.ToDictionary(i => i.Key, i => i.Value.Since(before.GetValueOrDefault(i.Key, EndpointCounters.Zero)), StringComparer.Ordinal));
        }

        var edge = SlowEdge(windows.SelectMany(w => w.Values).Aggregate(EndpointCounters.Zero, (a, b) => a.Plus(b)));
        return [.. windows.Select(w => new SplitWindow(w.ToDictionary(i => i.Key, i => Counts(i.Value, edge), StringComparer.Ordinal)))];
    }

    /// <summary>The edge, in milliseconds, beyond which at most one request in a hundred was; null without a histogram.</summary>
    private static double? SlowEdge(EndpointCounters all) =>
        all.Slower.Edges.Count == 0 ? null : LatencyEdges.At(all.Slower.Edges, all.Slower.Beyond, all.Requests, 0.99).Edge;

    private static InstanceCounts Counts(EndpointCounters counters, double? edge) =>
        new(counters.Requests, Math.Min(counters.Errors, counters.Requests), edge is { } slow ? counters.SlowerThan(slow) : 0);
}
