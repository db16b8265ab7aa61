using System.Globalization;
using Tidegate.Engine.Telemetry;

namespace Tidegate.Platforms.Local;

/// <summary>An edge's metrics as the gate's counters.</summary>
internal static class EdgeCounts
{
    /// <summary>A region of 100 instances and 100 endpoints, the most that a configuration can declare, has 29 samples for each instance and
    /// endpoint and 31 for each version and endpoint: 330 000. It grows with what is declared, and nobody but our own edge writes it.</summary>
    private const int MostSamples = 400_000;

    /// <summary>Characters, as many as UTF-8 bytes since labels are ASCII: some 220 for each sample.</summary>
    public const int LongestPage = 96 * 1024 * 1024;

    private const string Prefix = "tidegate_edge_";

    public static OpenMetricsReading Read(string page) => OpenMetricsText.Parse(page, LongestPage, MostSamples);

    public static IEnumerable<VersionTraffic> Of(string region, IReadOnlyList<OpenMetricsSample> samples) => samples
        .Where(s => s.Name.StartsWith(Prefix, StringComparison.Ordinal) && double.IsFinite(s.Value))
        .GroupBy(s => s.Labels.GetValueOrDefault("version"))
        .Select(version => (Known: ArtifactDigest.TryParse(version.Key, out var digest), Digest: digest, Samples: version))
        .Where(v => v.Known) // requests that no version answered are nobody's
        .Select(v => new VersionTraffic(region, v.Digest, By("endpoint", v.Samples.Where(s => !s.Labels.ContainsKey("instance")), e => Counters(e, Sum(e, "requests_total"), "errors_total", "request_duration_seconds_bucket")))
        {
            Instances = By("instance", v.Samples, i => Instance(By("endpoint", i, e => Counters(e, Sum(e, "instance_duration_seconds_count"), "instance_errors_total", "instance_duration_seconds_bucket")))),
        });

    private static InstanceTraffic Instance(Dictionary<string, EndpointCounters> endpoints) => new(
        EndpointCounters.Sum(endpoints.Values),
        endpoints.ToDictionary(e => e.Key, e => new EventCount(e.Value.Errors, e.Value.Requests), StringComparer.Ordinal));

    private static Dictionary<string, T> By<T>(string label, IEnumerable<OpenMetricsSample> samples, Func<IReadOnlyList<OpenMetricsSample>, T> of) => samples
        .Where(s => s.Labels.ContainsKey(label))
        .GroupBy(s => s.Labels[label], StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => of([.. g]), StringComparer.Ordinal);

    private static EndpointCounters Counters(IReadOnlyList<OpenMetricsSample> samples, long requests, string errors, string buckets)
    {
        var slower = samples
            .Where(s => s.Name == Prefix + buckets && s.Labels.TryGetValue("le", out var le) && le != "+Inf")
            .Select(s => (Edge: Math.Round(1000 * double.Parse(s.Labels["le"], CultureInfo.InvariantCulture), 6), Beyond: Math.Max(0, requests - (long)s.Value)))
            .OrderBy(s => s.Edge)
            .ToList();
        return new(requests, Sum(samples, errors), new([.. slower.Select(s => s.Edge)], [.. slower.Select(s => s.Beyond)]));
    }

    private static long Sum(IReadOnlyList<OpenMetricsSample> samples, string name) => (long)samples.Where(s => s.Name == Prefix + name).Sum(s => s.Value);
}
