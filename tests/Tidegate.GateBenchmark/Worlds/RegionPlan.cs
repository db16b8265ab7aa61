using System.Security.Cryptography;
using System.Text;
using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Worlds;

/// <summary>A rollout of one region, as the shipped production profile plans it: canary, its one wave, watch.</summary>
/// <remarks>Twelve instances, three canaries with at most 15 %, a third replaced at a time, half kept warm, and as many
/// fresh instances of the running version as canaries. Every step lasts as long as its evidence needs. The watch is the
/// suite's hour.</remarks>
internal static class RegionPlan
{
    public const string Region = "region";
    private const int Instances = 12, Batch = 4, KeepWarm = 6, Canaries = 3;
    private const double MemoryLimit = 100;

    public static ArtifactDigest Running { get; } = Digest("running");

    public static ArtifactDigest Candidate { get; } = Digest("candidate");

    public static IReadOnlyList<string> Endpoints { get; } =
        [.. Enumerable.Range(0, EndpointShares.Count).Select(e => $"endpoint {e}")];

    public static RolloutPlan Of(Scenario scenario, RolloutOptions options) => new(
        "suite",
        options,
        [new(Region, Running, Instances, Batch, KeepWarm, scenario.Rps)],
        [new(PhaseKind.Canary, [Region]), new(PhaseKind.Wave, [Region]), new(PhaseKind.Watch, [Region])],
        Canaries,
        TrafficShare.Percent(15),
        Endpoints,
        Metrics: [],
        Expected: [],
        LatencyTolerance: 1,
        LatencyMargin: 3,
        LatencyLimit: null,
        MemoryLimit,
        FreshInstances: Canaries)
    {
        Waves = [[Region]],
    };

    private static ArtifactDigest Digest(string name) =>
        ArtifactDigest.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
