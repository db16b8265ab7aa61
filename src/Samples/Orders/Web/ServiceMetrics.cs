using System.Globalization;
using Orders.Settings;
using Prometheus;

namespace Orders.Web;

/// <summary>Counts and times requests by endpoint, with names from a closed list only, so that memory stays bounded.</summary>
internal sealed class ServiceMetrics
{
    private const string CatalogPeer = "catalog";

    private static readonly string[] CodesFromTheStart = ["200", "500"];

    private readonly TimeProvider _time;
    private readonly Counter _requests;
    private readonly Histogram _seconds;
    private readonly Gauge _inProgress;
    private readonly Counter _placed;
    private readonly Counter _calls;
    private readonly Counter _failedCalls;

    public ServiceMetrics(InstanceSettings instance, TimeProvider time)
    {
        _time = time;
        Registry = Metrics.NewCustomRegistry();
        DotNetStats.Register(Registry);
        var factory = Metrics.WithCustomRegistry(Registry);
        _requests = factory.CreateCounter("http_requests_total", "Requests that were answered.", "endpoint", "code");
        _seconds = factory.CreateHistogram("http_request_duration_seconds", "How long answering took.", ["endpoint"], new HistogramConfiguration
        {
            Buckets = Histogram.ExponentialBuckets(start: 0.001, factor: 2, count: 14),
        });
        _inProgress = factory.CreateGauge("http_requests_in_progress", "Requests that are being answered now.");
        _placed = factory.CreateCounter("orders_placed_total", "Orders that were stored.");
        _calls = factory.CreateCounter("dependency_calls_total", "Calls to a service that this one needs.", "peer");
        _failedCalls = factory.CreateCounter("dependency_calls_failed_total", "Those of them that were not answered as asked.", "peer");
        factory.CreateGauge("orders_build_info", "Always 1; the labels say what runs.", "digest").WithLabels(instance.Digest).Set(1);

        // A series that begins with its first error hides that error from rate(): all begin at zero.
        _calls.WithLabels(CatalogPeer);
        _failedCalls.WithLabels(CatalogPeer);
        foreach (var endpoint in Endpoints.ForPeople)
        {
            _seconds.WithLabels(endpoint);
            foreach (var code in CodesFromTheStart) _requests.WithLabels(endpoint, code);
        }
    }

    public CollectorRegistry Registry { get; }

    public double InProgress => _inProgress.Value;

    public void OrderPlaced() => _placed.Inc();

    /// <summary>One call to the catalog has ended.</summary>
    public void CatalogCalled(bool failed)
    {
        _calls.WithLabels(CatalogPeer).Inc();
        if (failed) _failedCalls.WithLabels(CatalogPeer).Inc();
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var start = _time.GetTimestamp();
        using var running = _inProgress.TrackInProgress();
        await next(context);

        var endpoint = Endpoints.Of(context);
        _requests.WithLabels(endpoint, context.Response.StatusCode.ToString(CultureInfo.InvariantCulture)).Inc();
        _seconds.WithLabels(endpoint).Observe(_time.GetElapsedTime(start).TotalSeconds);
    }
}
