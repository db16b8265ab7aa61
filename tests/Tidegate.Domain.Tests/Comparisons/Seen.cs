using Tidegate.Testing;

namespace Tidegate.Domain.Tests.Comparisons;

/// <summary>Counts of two versions, as edges keep them.</summary>
internal static class Seen
{
    public static readonly ArtifactDigest New = Some.Digest("new");
    public static readonly ArtifactDigest Old = Some.Digest("old");
    public static readonly IReadOnlySet<string> North = new HashSet<string> { "north" };

    public static TrafficReading.Counted Counts(params VersionTraffic[] versions) => new(versions);

    public static VersionTraffic Version(ArtifactDigest digest, long requests, long errors, long slow = 0, string region = "north", string endpoint = "GET /products") =>
        new(region, digest, new Dictionary<string, EndpointCounters> { [endpoint] = new(requests, errors, new LatencyCounts([10, 100, 150], [requests / 2, slow, 0])) });

    public static ComparisonReference Reference { get; } =
        ComparisonReference.Of(Counts(Version(Old, 10_000, 10, 100), Version(New, 0, 0)), New, North, 1, 2);

    public static ComparisonPlan Plan(SequentialOptions? options = null) => new(
        "quick",
        options ?? Some.Comparison.Options with { SoakWeight = 0.3 },
        100, 1, 1, 1, 3, null, Watching: false, null);

    /// <summary>A window at 30 %: so many requests of the candidate, and of the baseline in proportion.</summary>
    public static ComparisonWindow Window(long requests, long failed, long baselineFailed = 0, int share = 3_000) => new(
        share, null, null,
        [requests, requests * 7 / 3, failed, baselineFailed],
        [[requests, requests * 7 / 3, failed, baselineFailed]],
        [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
        null);
}
