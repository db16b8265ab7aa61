using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Worlds;

/// <summary>The hour before the release as the edge keeps it, by instance and window: the product measures it.</summary>
/// <remarks>Latencies are told at the edges near the quantiles only: the others say nothing that is asked.</remarks>
internal sealed class RegionHistory
{
    private const int Windows = 720, WindowsPerMinute = 12;
    private const int LeastNear = 2, MostNear = 20;
    private static readonly double[] Quantiles = [0.5, 0.9, 0.99];

    private readonly Scenario _scenario;
    private readonly Generator _random;
    private readonly (double Rate, double FailureRate, double Slowness)[] _sky;
    private readonly double[] _edges;
    private readonly double[] _beyond;
    private readonly SlowTail _tail;
    private double _slowness;

    private RegionHistory(Scenario scenario, Generator random)
    {
        (_scenario, _random, _sky) = (scenario, random, new (double, double, double)[Windows]);
        var weather = new Weather(scenario, random, -Windows * Weather.Window);
        for (var t = 0; t < Windows; t++, weather.Advance())
        {
            _sky[t] = (weather.Rate, weather.FailureRate, weather.Slowness);
        }

        var (all, at) = (LatencyBuckets.Milliseconds, Quantiles.Select(Quantile).ToArray());
        var near = Near();
        int[] chosen =
        [
            .. at.SelectMany(q => Enumerable.Range(q - near, (2 * near) + 1))
                .Where(k => k >= 0 && k < all.Length).Distinct().Order(),
        ];
        _edges = [.. chosen.Select(k => all[k])];
        _beyond = new double[_edges.Length];
        _tail = new(Array.IndexOf(chosen, at[^1]), scenario.Service.SlowCluster);
    }

    /// <summary>What the product takes from it.</summary>
    public static RolloutReference Of(Scenario scenario, Generator random, RolloutPlan plan)
    {
        var history = new RegionHistory(scenario, random).Draw(plan.Regions[0].Instances);
        var now = new EnvironmentObservation("production", []);
        var counted = new TrafficReading.Counted([Counted(scenario)]);
        return RolloutReferences.Of(plan, history, counted, now, RegionPlan.Candidate, DateTimeOffset.UnixEpoch);
    }

    private TrafficHistory Draw(int instances)
    {
        var windows = Enumerable.Range(0, instances).Select(_ => new List<HistoryWindow>(Windows)).ToList();
        foreach (var (rate, failureRate, slowness) in _sky)
        {
            Slow(slowness);
            foreach (var instance in windows)
            {
                var requests = _random.Poisson(rate * Weather.Window / instances);
                var failed = _random.Clustered(requests, failureRate, _scenario.Cluster);
                var beyond = new long[_edges.Length];
                if (requests > 0) _tail.Draw(_random, requests, _beyond, beyond);
                instance.Add(new(requests, failed, new LatencyCounts(_edges, beyond)));
            }
        }

        return new(
            TimeSpan.FromSeconds(Weather.Window),
            [
                .. windows.Select((w, i) =>
                    new InstanceHistory(RegionPlan.Region, RegionPlan.Running, PlayedRegion.RunningInstance(i), w)),
            ]);
    }

    private void Slow(double slowness)
    {
        if (slowness == _slowness) return;

        _slowness = slowness;
        for (var e = 0; e < _edges.Length; e++) _beyond[e] = Latency.Beyond(_edges[e], slowness, 1);
    }

    /// <summary>Index of the first edge that no more of the hour's requests than expected took longer than.</summary>
    private int Quantile(double quantile)
    {
        var (low, high) = (0, LatencyBuckets.Milliseconds.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Beyond(LatencyBuckets.Milliseconds[middle]) > 1 - quantile) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Mean over the hour, a window of each minute for all of it.</summary>
    private double Beyond(double edge)
    {
        var (sum, requests) = (0.0, 0.0);
        for (var t = 0; t < Windows; t += WindowsPerMinute)
        {
            requests += _sky[t].Rate;
            sum += _sky[t].Rate * Latency.Beyond(edge, _sky[t].Slowness, 1);
        }

        return sum / requests;
    }

    /// <summary>So many edges to each side the quantile may be found by chance: three standard deviations.</summary>
    private int Near()
    {
        const double density = 0.044; // of ln(latency) at the 99th percentile
        var requests = _scenario.Rps * Windows * Weather.Window;
        var deviation = Math.Sqrt(0.01 * _scenario.Service.SlowDispersion / requests) / density;
        return (int)Math.Min(MostNear, LeastNear + Math.Ceiling(3 * deviation / Math.Log(1.05)));
    }

    /// <summary>Counters as they stand: the endpoints' shares, and the edges that are counted with.</summary>
    private static VersionTraffic Counted(Scenario scenario)
    {
        var nothing = new LatencyCounts(LatencyBuckets.Milliseconds, new long[LatencyBuckets.Milliseconds.Length]);
        var requests = scenario.Rps * Windows * Weather.Window;
        return new(
            RegionPlan.Region,
            RegionPlan.Running,
            RegionPlan.Endpoints.Select((name, e) => (name, Count: (long)Math.Round(requests * EndpointShares.All[e])))
                .ToDictionary(e => e.name, e => new EndpointCounters(e.Count, 0, nothing)));
    }
}
