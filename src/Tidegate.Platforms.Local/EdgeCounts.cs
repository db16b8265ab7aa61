using System.Globalization;
using Tidegate.Engine.Telemetry;

namespace Tidegate.Platforms.Local;

/// <summary>An edge's metrics as the gate's counters.</summary>
internal static class EdgeCounts
{
    private const string Prefix = "tidegate_edge_";

    public static IEnumerable<VersionTraffic> Of(string region, IReadOnlyList<OpenMetricsSample> samples) => samples
        .Where(s => s.Name.StartsWith(Prefix, StringComparison.Ordinal) && double.IsFinite(s.Value))
        .GroupBy(s => s.Labels.GetValueOrDefault("version"))
        .Select(version => (Known: ArtifactDigest.TryParse(version.Key, out var digest), Digest: digest, Samples: version))
        .Where(v => v.Known) // requests that no version answered are nobody's
        .Select(v => new VersionTraffic(region, v.Digest, By("endpoint", v.Samples.Where(s => !s.Labels.ContainsKey("instance")), e => Counters(e, Sum(e, "requests_total"), "errors_total", "request_duration_seconds_bucket")))
        {
            Instances = By("instance", v.Samples, i => (IReadOnlyDictionary<string, EndpointCounters>)
                By("endpoint", i, e => Counters(e, Sum(e, "instance_duration_seconds_count"), "instance_errors_total", "instance_duration_seconds_bucket"))),
        });

    private static Dictionary<string, T> By<T>(string label, IEnumerable<OpenMetricsSample> samples, Func<IReadOnlyList<OpenMetricsSample>, T> of) => samples
        .Where(s => s.Labels.ContainsKey(label))
        .GroupBy(s => s.Labels[label], StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => of([.. g]), StringComparer.Ordinal);

    private static EndpointCounters Counters(IReadOnlyList<OpenMetricsSample> samples, long requests, string errors, string buckets)
    {
        var slower = samples
            .Where(s => s.Name == Prefix + buckets && s.Labels.TryGetValue("le", out var le) && le != "+Inf")
            .ToDictionary(s => Math.Round(1000 * double.Parse(s.Labels["le"], CultureInfo.InvariantCulture), 6), s => Math.Max(0, requests - (long)s.Value));
        return new(requests, Sum(samples, errors), slower);
    }

    private static long Sum(IReadOnlyList<OpenMetricsSample> samples, string name) => (long)samples.Where(s => s.Name == Prefix + name).Sum(s => s.Value);
}
