namespace Tidegate;

/// <summary>What each instance counted in the time before now, window by window: how a version that nobody releases behaves.</summary>
/// <param name="Window">The length of a window: above 0.</param>
/// <param name="Instances">Those that are routed to now.</param>
public sealed record TrafficHistory(TimeSpan Window, IReadOnlyList<InstanceHistory> Instances)
{
    public static TrafficHistory None { get; } = new(TimeSpan.FromSeconds(5), []);
}

/// <param name="Windows">Oldest first; the last one ends now. Fewer than were asked for when the edge or the instance is younger.</param>
public sealed record InstanceHistory(string Region, ArtifactDigest Digest, string Instance, IReadOnlyList<HistoryWindow> Windows);

/// <summary>One instance in one window.</summary>
public readonly record struct HistoryWindow(long Requests, long Errors, LatencyCounts Slower);
