using Prometheus;

namespace Tidegate.Edge.Counting;

/// <summary>What users got, by the instance that answered: how alike the instances of one version are, and whether failures come in bursts.</summary>
/// <remarks>Endpoints are left out, so that the series stay few: one set for each instance that is routed to. Those of an instance that left are forgotten.</remarks>
internal sealed class InstanceMetrics
{
    private static readonly string[] Labels = ["version", "instance"];

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
    public void Prepare(IReadOnlyCollection<(string Version, string Instance)> current)
    {
        Forget(_errors, current);
        Forget(_duration, current);
        foreach (var (version, instance) in current)
        {
            _errors.WithLabels(version, instance).Publish();
            _duration.WithLabels(version, instance).Publish();
        }
    }

    public void Answered(string version, string instance, bool failed, TimeSpan duration)
    {
        // Requests first: whoever reads in between never finds more failures than requests.
        _duration.WithLabels(version, instance).Observe(duration.TotalSeconds);
        if (failed) _errors.WithLabels(version, instance).Inc();
    }

    private static void Forget<T>(Collector<T> series, IReadOnlyCollection<(string, string)> kept) where T : ChildBase
    {
        foreach (var labels in series.GetAllLabelValues())
        {
            if (!kept.Contains((labels[0], labels[1]))) series.RemoveLabelled(labels);
        }
    }
}
