using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Worlds;

/// <summary>The hour before the release: sixty minutes of ten instances of the running version, and what the gate takes from them.</summary>
internal static class History
{
    private const int Minutes = 60, Instances = 10;
    private static readonly double[] Quantiles = [0.99, 0.9, 0.5];

    public static (GateReference Reference, LatencyEdges[] Edges) Of(Scenario scenario, Generator random)
    {
        var weather = new Weather(scenario, random, -60 * Minutes);
        var (failures, slow) = (new List<EventCount>(Minutes), new List<EventCount>(Minutes));
        var dispersion = default(DispersionEstimate);
        var (sky, requests) = (new (double Slowness, double Requests)[Minutes], 0.0);
        Span<long> instances = stackalloc long[Instances];
        for (var minute = 0; minute < Minutes; minute++)
        {
            var count = random.Poisson(60 * weather.Rate);
            Fail(instances, scenario, random, count, weather.FailureRate);
            dispersion = dispersion.Add(instances);
            failures.Add(new(Sum(instances), count));
            sky[minute] = (weather.Slowness, count);
            requests += count;
            for (var window = 0; window < 12; window++) weather.Advance();
        }

        var edges = Edges(sky, (long)requests, random);
        for (var minute = 0; minute < Minutes; minute++)
        {
            var count = (long)sky[minute].Requests;
            slow.Add(new(random.Binomial(count, Latency.Beyond(edges[0].Edge, sky[minute].Slowness, 1)), count));
        }

        var reference = new GateReference(
            ReferenceRate.From(failures), ReferenceRate.From(slow), dispersion.Value, 1, requests / (60 * Minutes), EndpointShares.All);
        return (reference, edges);
    }

    private static void Fail(Span<long> instances, Scenario scenario, Generator random, long requests, double failureRate)
    {
        instances.Clear();
        for (var i = 0; i < Instances; i++) instances[i] = random.Clustered(requests / Instances, failureRate, scenario.Cluster);
    }

    private static LatencyEdges[] Edges((double Slowness, double Requests)[] sky, long requests, Generator random)
    {
        var all = LatencyBuckets.Milliseconds;
        var (beyond, left, before) = (new long[all.Length], requests, 1.0);
        var usual = sky.All(s => s.Slowness == sky[0].Slowness);
        for (var edge = 0; edge < beyond.Length; edge++)
        {
            var probability = usual
                ? Latency.Beyond(all[edge], sky[0].Slowness, 1)
                : sky.Sum(s => s.Requests * Latency.Beyond(all[edge], s.Slowness, 1)) / Math.Max(1, requests);
            left = random.Binomial(left, probability / before);
            (beyond[edge], before) = (left, probability);
        }

        return [.. Quantiles.Select(q => LatencyEdges.At(all, beyond, requests, q))];
    }

    private static long Sum(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (var count in counts) sum += count;
        return sum;
    }
}
