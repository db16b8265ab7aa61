using Prometheus;

namespace Tidegate.Edge.Counting;

/// <summary>What users got, by the instance that answered: how alike the instances of one version are, whether failures come in bursts, and how those
/// answer that are as old as a candidate's.</summary>
/// <remarks>One set of series for each instance that is routed to and each endpoint. Those of an instance that left are forgotten.</remarks>
internal sealed class InstanceMetrics
{
    private static readonly string[] Labels = ["version", "instance", "endpoint"];

    private readonly Counter _errors;
    private readonly Histogram _duration;

    public InstanceMetrics(IMetricFactory metrics)
    {
        _errors = metrics.CreateCounter("tidegate_edge_instance_errors_total", "Requests answered with 500 or more, or not answered, by instance.", Labels);
        _duration = metrics.CreateHistogram("tidegate_edge_instance_duration_seconds", "From the request's arrival to the end of its answer, by instance; its count is the instance's requests.", new HistogramConfiguration
        {
            LabelNames = Labels,
            Buckets = [.. EdgeMetrics.Buckets],
            ExemplarBehavior = ExemplarBehavior.NoExemplars(),
        });
    }

    /// <summary>Publishes zeros for these instances, and forgets all others.</summary>
    public void Prepare(IReadOnlyCollection<(string Version, string Instance)> current, IReadOnlyList<string> endpoints)
    {
        Forget(_errors, current, endpoints);
        Forget(_duration, current, endpoints);
        foreach (var (version, instance) in current)
        {
            foreach (var endpoint in endpoints)
            {
                _errors.WithLabels(version, instance, endpoint).Publish();
                _duration.WithLabels(version, instance, endpoint).Publish();
            }
        }
    }

    public void Answered(string version, string instance, string endpoint, bool failed, TimeSpan duration)
    {
        // Requests first: whoever reads in between never finds more failures than requests.
        _duration.WithLabels(version, instance, endpoint).Observe(duration.TotalSeconds);
        if (failed) _errors.WithLabels(version, instance, endpoint).Inc();
    }

    private static void Forget<T>(Collector<T> series, IReadOnlyCollection<(string, string)> kept, IReadOnlyList<string> endpoints) where T : ChildBase
    {
        foreach (var labels in series.GetAllLabelValues())
        {
            if (!kept.Contains((labels[0], labels[1])) || !endpoints.Contains(labels[2])) series.RemoveLabelled(labels);
        }
    }
}
