namespace Tidegate.Edge.Counting;

/// <summary>A version's counts at one moment.</summary>
internal sealed record VersionSnapshot(
    string Version,
    DateTimeOffset Since,
    IReadOnlyList<EndpointSnapshot> Endpoints,
    IReadOnlyList<InstanceSnapshot> Instances);

/// <param name="Open">The ages of the requests that are open; null when none is.</param>
internal sealed record EndpointSnapshot(
    string Endpoint,
    DateTimeOffset Since,
    long Begun,
    long Errors,
    long Retried,
    long Left,
    long[] Answers,
    LatencySnapshot Ended,
    LatencySnapshot? Open)
{
    public static EndpointSnapshot Of(string endpoint, EndpointCounts counts, LatencySnapshot? open) => new(
        endpoint,
        counts.Since,
        counts.Begun,
        counts.Errors,
        counts.Retried,
        counts.Left,
        [.. counts.Answers],
        counts.Ended.Copy(),
        open);
}

/// <param name="Open">The ages of the requests that are open; null when none is.</param>
internal sealed record InstanceSnapshot(
    string Instance,
    IReadOnlyList<(string Endpoint, long Begun, long Errors)> Endpoints,
    LatencySnapshot Ended,
    LatencySnapshot? Open)
{
    public static InstanceSnapshot Of(InstanceCounts counts, LatencySnapshot? open) => new(
        counts.Id,
        [.. counts.Endpoints.Select(e => (e.Key, e.Value.Begun, e.Value.Errors))],
        counts.Ended.Copy(),
        open);
}
