namespace Tidegate.Pipeline;

/// <summary>What the embedded platform needs beside the definition: which requests its edges tell apart, and its synthetic users.</summary>
/// <param name="Endpoints">Method and path template, for example <c>GET /orders/{id}</c>.</param>
/// <param name="Users">What one in so many synthetic users does; empty where real users are.</param>
/// <param name="Traffic">How much of it each region gets.</param>
public sealed record LocalTopology(
    IReadOnlyList<string> Endpoints,
    IReadOnlyList<SyntheticUser> Users,
    IReadOnlyList<RegionTraffic> Traffic)
{
    /// <summary>Regions that something else runs, and where they answer; empty where the embedded platform runs all.</summary>
    public IReadOnlyList<WatchedRegion> Watched { get; init; } = [];
}

/// <summary>A kind of synthetic user.</summary>
/// <param name="Weight">How often, in proportion to the other users' weights.</param>
/// <param name="Body">JSON text, or null.</param>
public sealed record SyntheticUser(string Method, string Path, int Weight, string? Body);

/// <param name="Addresses">Of its instances, or of what stands before them; at least one.</param>
public sealed record WatchedRegion(string Environment, string Region, IReadOnlyList<string> Addresses);

/// <param name="RequestsPerSecond">All users together.</param>
public sealed record RegionTraffic(string Environment, string Region, double RequestsPerSecond);
