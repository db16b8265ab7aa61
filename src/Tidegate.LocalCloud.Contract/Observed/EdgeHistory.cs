namespace Tidegate.LocalCloud.Contract;

/// <summary>What one edge counted before now, by the instances that it routes to now.</summary>
/// <param name="WindowSeconds">The length of a window.</param>
/// <param name="EdgesMilliseconds">Where latencies are counted, ascending.</param>
public sealed record EdgeHistory(
    int WindowSeconds,
    IReadOnlyList<double> EdgesMilliseconds,
    IReadOnlyList<EdgeInstanceHistory> Instances);

/// <param name="Windows">Oldest first. Each is: requests that began, errors, and then pairs of numbers: how many edges
/// were passed, and how many
/// requests more than before have passed exactly so many. The second is below 0 where an open request has moved
/// on.</param>
public sealed record EdgeInstanceHistory(string Digest, string Instance, IReadOnlyList<long[]> Windows);
