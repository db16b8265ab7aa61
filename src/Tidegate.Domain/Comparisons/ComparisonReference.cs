using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What the running version has shown before the step, fixed before its first window: that keeps every test valid.</summary>
/// <param name="FailureRate">Share of its requests that failed: above 0.</param>
/// <param name="SlowRate">Share beyond the 99th percentile's edge: above 0.</param>
/// <param name="Requests">How many requests it is taken from.</param>
/// <param name="Endpoints">In the order in which windows tell of them.</param>
/// <param name="EndpointShares">Share of its requests by endpoint.</param>
/// <param name="At99">Edges at its 99th percentile.</param>
public sealed record ComparisonReference(
    double FailureRate,
    double SlowRate,
    long Requests,
    IReadOnlyList<string> Endpoints,
    IReadOnlyList<double> EndpointShares,
    LatencyEdges At99,
    LatencyEdges At90,
    LatencyEdges At50)
{
    /// <summary>A weak prior of one event in a thousand requests, so that a quiet version's rate is not 0.</summary>
    private const double Worth = 1000;

    /// <summary>Instances of the running version that are as old as the candidate's, and alone are compared with it; null: all of them are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Fresh { get; init; }

    /// <param name="counted">The edges' counts so far.</param>
    /// <param name="regions">The step's regions.</param>
    public static ComparisonReference Of(TrafficReading.Counted counted, ArtifactDigest candidate, IReadOnlySet<string> regions, int tolerance, int margin)
    {
        var endpoints = counted.Versions
            .Where(v => v.Digest != candidate && regions.Contains(v.Region))
            .SelectMany(v => v.Endpoints)
            .GroupBy(e => e.Key, StringComparer.Ordinal)
            .OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => (Name: e.Key, Counters: EndpointCounters.Sum(e.Select(one => one.Value))))
            .ToList();
        var all = EndpointCounters.Sum(endpoints.Select(e => e.Counters));
        var edges = all.Slower.Edges;
        var beyond = all.Slower.Beyond;
        var at99 = At(0.99);
        return new(
            Rate(all.Errors, all.Requests),
            Rate(all.SlowerThan(at99.Edge), all.Requests),
            all.Requests,
            [.. endpoints.Select(e => e.Name)],
            [.. endpoints.Select(e => all.Requests == 0 ? 0 : e.Counters.Requests / (double)all.Requests)],
            at99,
            At(0.9),
            At(0.5));

        // A version that has answered nothing yet has no usual latency: then only what never ends counts as slow.
        LatencyEdges At(double quantile) => edges.Count == 0 ? new(double.MaxValue, double.MaxValue, double.MaxValue)
            : all.Requests == 0 ? new(edges[^1], edges[^1], edges[^1])
            : LatencyEdges.At(edges, beyond, all.Requests, quantile, tolerance, margin);
    }

    /// <summary>In the gate's own words.</summary>
    public GateReference For(ComparisonPlan plan) =>
        new(FailureRate, SlowRate, plan.Dispersion, plan.SlowDispersion, plan.RequestsPerSecond, EndpointShares);

    [JsonIgnore]
    internal IReadOnlyList<LatencyEdges> Edges => [At99, At90, At50];

    private static double Rate(long events, long requests) => (events + 1) / (requests + Worth);
}
