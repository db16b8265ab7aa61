using System.Globalization;
using Tidegate.Engine.Telemetry;

namespace Tidegate.Platforms.Local;

/// <summary>An edge's metrics as the gate's counters.</summary>
internal static class EdgeCounts
{
    private const string Prefix = "tidegate_edge_";

    public static IEnumerable<VersionTraffic> Of(string region, IReadOnlyList<OpenMetricsSample> samples) => samples
        .Where(s => s.Name.StartsWith(Prefix, StringComparison.Ordinal) && double.IsFinite(s.Value) && s.Labels.ContainsKey("endpoint"))
        .GroupBy(s => s.Labels.GetValueOrDefault("version"))
        .Select(version => (Known: ArtifactDigest.TryParse(version.Key, out var digest), Digest: digest, Samples: version))
        .Where(v => v.Known) // requests that no version answered are nobody's
        .Select(v => new VersionTraffic(region, v.Digest, v.Samples.GroupBy(s => s.Labels["endpoint"], StringComparer.Ordinal)
            .ToDictionary(e => e.Key, e => Counters([.. e]), StringComparer.Ordinal)));

    private static EndpointCounters Counters(IReadOnlyList<OpenMetricsSample> samples)
    {
        var requests = Sum(samples, "requests_total");
        var slower = samples
            .Where(s => s.Name == Prefix + "request_duration_seconds_bucket" && s.Labels.TryGetValue("le", out var le) && le != "+Inf")
            .ToDictionary(s => Math.Round(1000 * double.Parse(s.Labels["le"], CultureInfo.InvariantCulture), 6), s => Math.Max(0, requests - (long)s.Value));
        return new(requests, Sum(samples, "errors_total"), slower);
    }

    private static long Sum(IReadOnlyList<OpenMetricsSample> samples, string name) => (long)samples.Where(s => s.Name == Prefix + name).Sum(s => s.Value);
}
