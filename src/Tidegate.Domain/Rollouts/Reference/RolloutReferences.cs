namespace Tidegate;

/// <summary>Measures a <see cref="RolloutReference"/>: from the running version's instances only, nothing configured, careful where little was seen.</summary>
public static class RolloutReferences
{
    private const double PriorAgainst = 9, PriorFor = 3;
    private static readonly double[] Quantiles = [0.99, 0.9, 0.5];

    /// <param name="history">What the edges keep of the hour before.</param>
    /// <param name="counted">What they count now: for the shares of the endpoints, and for latencies where the history has none.</param>
    /// <param name="now">What runs: for zones, deaths and ages.</param>
    /// <param name="at">The present instant.</param>
    public static RolloutReference Of(RolloutPlan plan, TrafficHistory history, TrafficReading.Counted counted, EnvironmentObservation now, ArtifactDigest candidate, DateTimeOffset at)
    {
        var regions = plan.Regions.Select(r => Region.Read(r, history, counted, now, candidate, plan)).ToList();
        var (failures, hits) = (new DispersionSums(), new DispersionSums());
        foreach (var region in regions)
        {
            failures.Add(region.Hour.Failures);
            hits.Add(region.Hour.Hits);
        }

        var against = DispersionSums.Drawn(Math.Max(1, failures.Estimate), failures.Events, PriorAgainst);
        var favour = DispersionSums.Drawn(Math.Max(1, failures.OneWindow), failures.Events, PriorFor);
        var hit = Math.Max(1, hits.Estimate);
        var (crashes, hours) = Deaths(plan, now, candidate, at);
        return new(
            regions.Count == 0 ? TimeSpan.Zero : regions.Min(r => r.Covers),
            [.. regions.Select(r => r.Reference(against, favour, hit))],
            ReferenceRate.From(Minutes(regions)),
            favour,
            [.. Enumerable.Range(0, Quantiles.Length).Select(q => Slow(regions, q))],
            crashes,
            hours,
            Shares(plan, counted, candidate));
    }

    private static double Slow(List<Region> regions, int quantile)
    {
        var sums = new DispersionSums();
        foreach (var region in regions) sums.Add(region.Hour.Slow[quantile]);
        return sums.Events >= 50 ? Math.Max(1, sums.Estimate) : 1;
    }

    private static List<EventCount> Minutes(List<Region> regions)
    {
        var longest = regions.Count == 0 ? 0 : regions.Max(r => r.Minutes.Count);
        var minutes = new EventCount[longest];
        foreach (var region in regions)
        {
            for (var m = 0; m < region.Minutes.Count; m++) minutes[longest - region.Minutes.Count + m] = minutes[longest - region.Minutes.Count + m].Plus(region.Minutes[m]);
        }

        return [.. minutes];
    }

    /// <summary>Deaths and instance-hours of the running version in its last day; an instance whose age nobody tells counts one hour.</summary>
    private static (double Crashes, double Hours) Deaths(RolloutPlan plan, EnvironmentObservation now, ArtifactDigest candidate, DateTimeOffset at)
    {
        var (crashes, hours) = (0.0, 0.0);
        foreach (var instance in plan.Regions.SelectMany(r => now[r.Name].Versions).Where(v => v.Digest != candidate).SelectMany(v => v.Instances))
        {
            crashes += instance.Restarts;
            hours += instance.StartedAt is { } started ? Math.Clamp((at - started).TotalHours, 0.1, 24) : 1;
        }

        return (crashes, Math.Max(1, hours));
    }

    private static List<double> Shares(RolloutPlan plan, TrafficReading.Counted counted, ArtifactDigest candidate)
    {
        var requests = plan.Endpoints
            .Select(e => counted.Versions.Where(v => v.Digest != candidate).Sum(v => v.Endpoints.GetValueOrDefault(e)?.Requests ?? 0))
            .ToList();
        var all = requests.Sum();
        return [.. requests.Select(r => all == 0 ? 1.0 / requests.Count : r / (double)all)];
    }

    private sealed class Region
    {
        private readonly RolloutRegion _plan;
        private readonly IReadOnlyList<InstanceHistory> _instances;
        private readonly IReadOnlyList<LatencyEdges> _edges;
        private readonly IReadOnlyList<string> _zones;
        private readonly long _requests;
        private readonly long _slow;
        private readonly double _cell;
        private readonly double _hitShare;

        private Region(RolloutRegion plan, TimeSpan window, IReadOnlyList<InstanceHistory> instances, IReadOnlyList<LatencyEdges> edges, IReadOnlyList<string> zones)
        {
            (_plan, _instances, _edges, _zones) = (plan, instances, edges, zones);
            var windows = instances.Count == 0 ? 0 : instances.Max(i => i.Windows.Count);
            Covers = windows * window;
            var (requests, failures) = (new long[windows, instances.Count], new long[windows, instances.Count]);
            var slow = Quantiles.Select(_ => new long[windows, instances.Count]).ToList();
            var minutes = new List<EventCount>();
            var perMinute = Math.Max(1, (int)Math.Round(TimeSpan.FromMinutes(1) / window));
            var (cells, hit) = (0L, 0L);
            for (var t = 0; t < windows; t++)
            {
                if (t % perMinute == 0) minutes.Add(default);
                for (var i = 0; i < instances.Count; i++)
                {
                    var before = t - (windows - instances[i].Windows.Count);
                    if (before < 0)
                    {
                        requests[t, i] = -1;
                        continue;
                    }

                    var seen = instances[i].Windows[before];
                    (requests[t, i], failures[t, i]) = (seen.Requests, Math.Min(seen.Errors, seen.Requests));
                    for (var q = 0; q < slow.Count; q++) slow[q][t, i] = seen.Slower.SlowerThan(edges[q].Edge);
                    minutes[^1] = minutes[^1].Plus(new(failures[t, i], seen.Requests));
                    _requests += seen.Requests;
                    _slow += slow[0][t, i];
                    cells++;
                    if (failures[t, i] > 0) hit++;
                }
            }

            Minutes = minutes;
            (_cell, _hitShare) = cells == 0 ? (0, 0) : (_requests / (double)cells, hit / (double)cells);
            Hour = HourBefore.Of(requests, failures, slow, neighbours: true);
        }

        public TimeSpan Covers { get; }

        public HourBefore Hour { get; }

        public List<EventCount> Minutes { get; }

        public static Region Read(RolloutRegion region, TrafficHistory history, TrafficReading.Counted counted, EnvironmentObservation now, ArtifactDigest candidate, RolloutPlan plan)
        {
            var instances = history.Instances.Where(i => i.Region == region.Name && i.Digest != candidate && i.Windows.Count > 0).ToList();
            var zones = now[region.Name].Versions.SelectMany(v => v.Instances).Select(i => i.Zone).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            return new(region, history.Window, instances, Edges(region, instances, counted, candidate, plan), zones);
        }

        public RegionReference Reference(double against, double favour, double hits)
        {
            var events = Hour.Failures.Events;
            return new(
                Covers > TimeSpan.Zero && _requests > 0 ? _requests / Covers.TotalSeconds : Math.Max(_plan.RequestsPerSecond, 0.01),
                ReferenceRate.From(Minutes),
                DispersionSums.Drawn(Hour.Failures.Estimate, events, against),
                hits,
                DispersionSums.Drawn(Hour.Failures.OneWindow, events, favour),
                _cell,
                Tidegate.HitRate.Of(_hitShare, _cell).PerRequest,
                [.. Hour.Sick.Select(i => _instances[i].Instance)],
                _edges,
                (_slow + 1) / (_requests + 100.0),
                _zones) { BeyondLimit = LimitShare.Of(_instances, _edges) };
        }

        /// <summary>Where the history tells no latencies, all that was counted so far does; where nothing does, only what never ends is slow.</summary>
        private static List<LatencyEdges> Edges(RolloutRegion region, List<InstanceHistory> instances, TrafficReading.Counted counted, ArtifactDigest candidate, RolloutPlan plan)
        {
            var requests = 0L;
            var latencies = LatencyCounts.Sum(Timed());
            if (requests == 0)
            {
                var versions = counted.Versions.Where(v => v.Region == region.Name && v.Digest != candidate).ToList();
                var all = EndpointCounters.Sum(versions.SelectMany(v => v.Instances.Count > 0 ? v.Instances.Values.Select(i => i.Total) : v.Endpoints.Values));
                (latencies, requests) = (all.Slower, all.Requests);
            }

            return
            [
                .. Quantiles.Select(At),
                .. plan.LatencyLimit is { } limit ? [new LatencyEdges(limit, limit, limit)] : Array.Empty<LatencyEdges>(),
            ];

            IEnumerable<LatencyCounts> Timed()
            {
                foreach (var instance in instances)
                {
                    foreach (var window in instance.Windows)
                    {
                        if (window.Slower.Edges.Count == 0) continue;
                        requests += window.Requests;
                        yield return window.Slower;
                    }
                }
            }

            // The quantile is found in the hour before; what lies beyond it is told by the edges of the counts that will be compared.
            LatencyEdges At(double quantile)
            {
                if (latencies.Edges.Count == 0) return new(double.MaxValue, double.MaxValue, double.MaxValue);
                if (requests == 0) return new(latencies.Edges[^1], latencies.Edges[^1], latencies.Edges[^1]);

                var found = LatencyEdges.At(latencies.Edges, latencies.Beyond, requests, quantile, plan.LatencyTolerance, plan.LatencyMargin);
                var live = Live();
                var at = 0;
                while (at < live.Count && live[at] < found.Edge - 1e-9) at++;
                return at >= live.Count ? found : new(live[at], live[Math.Min(at + plan.LatencyTolerance, live.Count - 1)], live[Math.Min(at + plan.LatencyMargin, live.Count - 1)]);
            }

            IReadOnlyList<double> Live() => counted.Versions.Where(v => v.Region == region.Name)
                .SelectMany(v => v.Instances.Count > 0 ? v.Instances.Values.Select(i => i.Total) : v.Endpoints.Values)
                .Select(c => c.Slower.Edges).FirstOrDefault(e => e.Count > 0) ?? [];
        }
    }
}
