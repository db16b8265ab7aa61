using Prometheus;

namespace Tidegate.Edge.Counting;

/// <summary>What users got, by version and endpoint. Every series begins at zero before the first request, so no increase is missed.</summary>
public sealed class EdgeMetrics
{
    /// <summary>The version label of a request that no instance answered.</summary>
    public const string NoVersion = "none";

    /// <summary>Versions whose series are kept after they left, for whoever reads late.</summary>
    private const int KeptVersions = 8;

    /// <summary>Upper bounds in seconds, 1 ms to 10 s. Neighbours differ by at most half, so a quantile is read to within that.</summary>
    public static IReadOnlyList<double> Buckets { get; } =
    [
        0.001, 0.0015, 0.0022, 0.0033, 0.0047, 0.0068,
        0.01, 0.015, 0.022, 0.033, 0.047, 0.068,
        0.1, 0.15, 0.22, 0.33, 0.47, 0.68,
        1, 1.5, 2.2, 3.3, 4.7, 6.8, 10,
    ];

    private static readonly string[] Labels = ["version", "endpoint"];

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly Counter _requests;
    private readonly Counter _errors;
    private readonly Counter _retried;
    private readonly Histogram _duration;
    private readonly InstanceMetrics _instances;
    private readonly List<string> _versions = [];
    private readonly Lock _preparing = new();

    public EdgeMetrics()
    {
        var metrics = Metrics.WithCustomRegistry(_registry);
        _requests = metrics.CreateCounter("tidegate_edge_requests_total", "Requests, each counted once, for the version that finally answered.", Labels);
        _errors = metrics.CreateCounter("tidegate_edge_errors_total", "Requests answered with 500 or more, or not answered.", Labels);
        _retried = metrics.CreateCounter("tidegate_edge_retried_total", "First tries that failed at this version and were sent to another instance.", Labels);
        _duration = metrics.CreateHistogram("tidegate_edge_request_duration_seconds", "From the request's arrival to the end of its answer.", new HistogramConfiguration
        {
            LabelNames = Labels,
            Buckets = [.. Buckets],
            ExemplarBehavior = ExemplarBehavior.NoExemplars(),
        });
        _instances = new(metrics);
    }

    /// <summary>Publishes zeros for these versions, their instances and endpoints, and forgets what is of none of them any more.</summary>
    public void Prepare(IReadOnlyList<EdgeVersion> versions, IReadOnlyList<string> endpoints)
    {
        lock (_preparing)
        {
            var current = versions.Select(v => v.Digest).ToList();
            _instances.Prepare([.. versions.SelectMany(v => v.Instances, (v, i) => (v.Digest, i.Id))], endpoints);
            _versions.RemoveAll(current.Contains);
            _versions.AddRange(current);
            if (_versions.Count > current.Count + KeptVersions) _versions.RemoveRange(0, _versions.Count - current.Count - KeptVersions);

            string[] kept = [.. _versions, NoVersion];
            Forget(_requests, kept, endpoints);
            Forget(_errors, kept, endpoints);
            Forget(_retried, kept, endpoints);
            Forget(_duration, kept, endpoints);
            foreach (var version in current.Append(NoVersion))
            {
                foreach (var endpoint in endpoints)
                {
                    _requests.WithLabels(version, endpoint).Publish();
                    _errors.WithLabels(version, endpoint).Publish();
                    _retried.WithLabels(version, endpoint).Publish();
                    _duration.WithLabels(version, endpoint).Publish();
                }
            }
        }
    }

    /// <param name="version">Of the instance that answered, or null when there was none.</param>
    /// <param name="instance">The instance that answered, or null.</param>
    public void Answered(string? version, string? instance, string endpoint, bool failed, TimeSpan duration)
    {
        var label = version ?? NoVersion;
        _requests.WithLabels(label, endpoint).Inc();
        if (failed) _errors.WithLabels(label, endpoint).Inc();
        _duration.WithLabels(label, endpoint).Observe(duration.TotalSeconds);
        if (version is not null && instance is not null) _instances.Answered(version, instance, endpoint, failed, duration);
    }

    public void Retried(string version, string endpoint) => _retried.WithLabels(version, endpoint).Inc();

    /// <summary>Writes all series as OpenMetrics text.</summary>
    public Task WriteAsync(Stream to, CancellationToken cancellationToken) =>
        _registry.CollectAndExportAsTextAsync(to, ExpositionFormat.OpenMetricsText, cancellationToken);

    private static void Forget<T>(Collector<T> series, string[] versions, IReadOnlyList<string> endpoints) where T : ChildBase
    {
        foreach (var labels in series.GetAllLabelValues())
        {
            if (!versions.Contains(labels[0]) || !endpoints.Contains(labels[1])) series.RemoveLabelled(labels);
        }
    }
}
