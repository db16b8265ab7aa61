using Tidegate.Engine.Telemetry;

namespace Tidegate.Platforms.Local;

/// <summary>An edge's metrics as the gate's counters.</summary>
internal static class EdgeCounts
{
    /// <summary>The most that a region can have: 100 endpoints, ten versions (two that run, and eight that an edge remembers), and 200 instances
    /// of the two. Each version and endpoint then has 205 buckets and 15 other samples, 222 000 in all; each instance 207 of its latencies and two for
    /// each endpoint, 82 000; and each of the 4 096 requests that may be open has up to 4 in each of two histograms, 33 000.</summary>
    private const int MostSamples = 400_000;

    /// <summary>Characters, as many as UTF-8 bytes since labels are ASCII: some 220 for each sample.</summary>
    public const int LongestPage = 96 * 1024 * 1024;

    private const string Prefix = "tidegate_edge_";

    public static OpenMetricsReading Read(string page) => OpenMetricsText.Parse(page, LongestPage, MostSamples);

    public static IEnumerable<VersionTraffic> Of(string region, IReadOnlyList<OpenMetricsSample> samples) => samples
        .Where(s => s.Name.StartsWith(Prefix, StringComparison.Ordinal) && double.IsFinite(s.Value))
        .GroupBy(s => s.Labels.GetValueOrDefault("version"))
        .Select(version => (Known: ArtifactDigest.TryParse(version.Key, out var digest), Digest: digest, Samples: version))
        .Where(v => v.Known) // what users got, and what the edge refused, is nobody's
        .Select(v => Version(region, v.Digest, v.Samples.ToLookup(s => s.Labels.ContainsKey("instance"))));

    private static VersionTraffic Version(string region, ArtifactDigest digest, ILookup<bool, OpenMetricsSample> ofInstance) =>
        new(region, digest, By("endpoint", ofInstance[false], Endpoint))
        {
            Instances = By("instance", ofInstance[true], Instance),
            CountingSince = Since(ofInstance[false].FirstOrDefault(s => s.Name == Prefix + "counting_since_seconds")),
        };

    private static EndpointCounters Endpoint(IReadOnlyList<OpenMetricsSample> samples) => new(
        Sum(samples, "requests_total"),
        Sum(samples, "errors_total"),
        EdgeLatencies.Read(samples, Prefix + "request_duration_seconds", Prefix + "open_age_seconds"))
    {
        Answers = EdgeAnswers.Of(samples.Where(s => s.Name == Prefix + "answers_total")),
    };

    private static InstanceTraffic Instance(IReadOnlyList<OpenMetricsSample> samples)
    {
        var endpoints = By("endpoint", samples, e => new EventCount(Sum(e, "instance_errors_total"), Sum(e, "instance_requests_total")));
        var slower = EdgeLatencies.Read(samples, Prefix + "instance_duration_seconds", Prefix + "instance_open_age_seconds");
        return new(new(Sum(samples, "instance_requests_total"), Sum(samples, "instance_errors_total"), slower), endpoints);
    }

    private static DateTimeOffset? Since(OpenMetricsSample? told) =>
        told is null ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(1000 * told.Value));

    private static Dictionary<string, T> By<T>(
        string label,
        IEnumerable<OpenMetricsSample> samples,
        Func<IReadOnlyList<OpenMetricsSample>, T> of) => samples
        .Where(s => s.Labels.ContainsKey(label))
        .GroupBy(s => s.Labels[label], StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => of([.. g]), StringComparer.Ordinal);

    private static long Sum(IReadOnlyList<OpenMetricsSample> samples, string name) =>
        (long)samples.Where(s => s.Name == Prefix + name).Sum(s => s.Value);
}
