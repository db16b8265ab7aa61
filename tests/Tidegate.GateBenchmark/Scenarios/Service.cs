using System.Text.Json.Serialization;
using Tidegate.GateBenchmark.Worlds;

namespace Tidegate.GateBenchmark.Scenarios;

/// <summary>How the running version is: what both versions share.</summary>
/// <param name="FailureRate">Share of its requests that fail.</param>
/// <param name="Dispersion">Variance of failures over that of independent ones: they come in clusters.</param>
/// <param name="SlowDispersion">The same of requests beyond the 99th percentile, in worlds that are played by instance.</param>
/// <param name="Median">Of its latencies, in milliseconds.</param>
internal sealed record Service(
    [property: JsonPropertyName("failure_rate")] double FailureRate = 0.001,
    double Dispersion = 1,
    [property: JsonPropertyName("slow_dispersion")] double SlowDispersion = 1,
    [property: JsonPropertyName("median_ms")] double Median = Latency.Median)
{
    public static Service Usual { get; } = new();

    /// <summary>Its latencies are so many times the suite's.</summary>
    [JsonIgnore]
    public double Slowness => Median / Latency.Median;

    [JsonIgnore]
    public double SlowCluster => Cluster(SlowDispersion);

    /// <summary>Mean of the geometric cluster sizes that give this dispersion.</summary>
    public static double Cluster(double dispersion) => (dispersion + 1) / 2;
}
