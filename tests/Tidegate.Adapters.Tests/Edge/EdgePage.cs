using System.Globalization;
using Tidegate.Engine.Telemetry;

namespace Tidegate.Adapters.Tests.Edge;

/// <summary>An edge's page of metrics, read as anybody reads OpenMetrics.</summary>
internal sealed class EdgePage(string text)
{
    private readonly IReadOnlyList<OpenMetricsSample> _samples =
        OpenMetricsText.Parse(text).ShouldBeOfType<OpenMetricsReading.Read>().Samples;

    /// <summary>The sum over all series with these labels; 0 when there is none.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) => _samples
        .Where(s => s.Name == "tidegate_edge_" + name)
        .Where(s => labels.All(l => s.Labels.GetValueOrDefault(l.Name) == l.Value))
        .Sum(s => s.Value);

    public double OfVersion(string version, string name) => Sum(name, ("version", version));

    public double OfInstance(string instance, string name) => Sum(name, ("instance", instance));

    public double Refused(string reason) => Sum("refused_total", ("reason", reason));

    public double Answers(string version, string kind) => Sum("answers_total", ("version", version), ("kind", kind));

    /// <summary>Requests of an endpoint that took longer, or are open and older.</summary>
    public double Beyond(string version, string endpoint, double seconds) =>
        Beyond("request_duration_seconds_bucket", version, endpoint, seconds)
        + Beyond("open_age_seconds_bucket", version, endpoint, seconds);

    private double Beyond(string name, string version, string endpoint, double seconds)
    {
        var buckets = _samples
            .Where(s => s.Name == "tidegate_edge_" + name)
            .Where(s => s.Labels["version"] == version && s.Labels["endpoint"] == endpoint)
            .Select(s => (UpTo: Edge(s.Labels["le"]), s.Value))
            .OrderBy(b => b.UpTo)
            .ToList();
        return buckets.Count == 0 ? 0 : buckets[^1].Value - buckets.LastOrDefault(b => b.UpTo <= seconds).Value;
    }

    private static double Edge(string le) =>
        le == "+Inf" ? double.PositiveInfinity : double.Parse(le, CultureInfo.InvariantCulture);
}
