namespace Tidegate.Engine;

/// <summary>From two looks to the window between them. Keeps what was counted before: deaths, neighbours' calls, who was not ready.</summary>
internal sealed class RolloutWindows(ReleasePlan plan, RolloutPlan rollout)
{
    private static readonly InstanceTraffic Nothing = new(EndpointCounters.Zero, new Dictionary<string, EventCount>());
    private readonly Dictionary<string, int> _restarts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Region, ArtifactDigest Version), int> _unready = [];
    private readonly Dictionary<(string Metric, string Source, string Region, ArtifactDigest? Version), EventCount> _edges = [];
    private readonly Dictionary<string, int> _zones = new(StringComparer.Ordinal);
    private bool _knowsRestarts;

    private ArtifactDigest Candidate => plan.Candidate.Digest;

    public RolloutWindow Between(RolloutLook before, RolloutLook now, TimeSpan span, RolloutReference reference, string? incident)
    {
        var deaths = Deaths(now.Environment);
        var metrics = rollout.Metrics.Select(m => Metric(m, now.Sample)).ToList();
        return new(
            span.TotalSeconds,
            [.. rollout.Regions.Select((r, i) => Region(r, reference.Regions[i], before, now, deaths, metrics))],
            incident);
    }

    private RegionWindow Region(RolloutRegion region, RegionReference reference, RolloutLook before, RolloutLook now, Dictionary<string, (int Mine, int Theirs)> deaths, List<Dictionary<string, long[]>?> metrics)
    {
        var share = now.Shares.GetValueOrDefault(region.Name);
        if (before.Counts is not { } earlier || now.Counts is not { } later || now.Environment is not { } environment) return RegionWindow.Unread(share, now.Counts is null ? now.Missing : before.Missing);
        if (before.Shares.GetValueOrDefault(region.Name) != share) return RegionWindow.Unread(share, "its shares were changing");

        var seen = environment[region.Name];
        var split = share > TrafficShare.None && share < TrafficShare.All;
        var versions = later.Versions.Where(v => v.Region == region.Name).ToList();
        if (versions.Count == 0) return RegionWindow.Unread(share, $"the edge of {region.Name} tells nothing");

        foreach (var version in seen.Versions)
        {
            foreach (var instance in version.Instances) _zones.TryAdd(instance.Id, reference.ZoneOf(instance.Zone));
        }

        var (mine, theirs) = (new Arm(), new Arm());
        foreach (var version in versions)
        {
            var old = earlier.Versions.FirstOrDefault(v => v.Region == version.Region && v.Digest == version.Digest);
            if (old is not null && old.CountingSince != version.CountingSince) return RegionWindow.Unread(share, $"the edge of {region.Name} was started anew");
            (version.Digest == Candidate ? mine : theirs).Add(version, old, _zones, rollout.Endpoints.Count, rollout.Endpoints, split);
        }

        var (dead, theirDead) = deaths.GetValueOrDefault(region.Name);
        return new()
        {
            Share = share,
            CandidateReady = seen.Of(Candidate)?.Ready ?? 0,
            RunningReady = seen.Versions.Where(v => v.Digest != Candidate).Sum(v => v.Ready),
            Withdrawn = seen.Withdrawn,
            Candidate = mine.Cells,
            Running = theirs.Cells,
            Endpoints = split ? Endpoints(mine, theirs, reference.ZoneCount) : null,
            Answers = split ? [.. rollout.Endpoints.Select((_, e) => AnswerKinds.Of(mine.Answers(e), theirs.Answers(e)))] : null,
            Slow = split ? [.. reference.Edges.Select(e => new[] { mine.SlowerThan(e.Tolerated), mine.SlowerThan(e.Margin), mine.SlowerThan(e.Edge), theirs.SlowerThan(e.Edge) })] : null,
            Metrics = split && metrics.Count > 0 ? [.. metrics.Select(m => m?.GetValueOrDefault(region.Name) ?? new long[4])] : null,
            Journeys = Probed(now.Probes, region.Name, ProbeKind.Journeys),
            Ready = Ready(now.Probes, region.Name, dead, theirDead),
            Deaths = dead + theirDead > 0 ? [dead, theirDead] : null,
            Memory = Memory(region.Name, environment),
        };
    }

    private static IReadOnlyList<long>[] Endpoints(Arm mine, Arm theirs, int zones)
    {
        var rows = new IReadOnlyList<long>[mine.EndpointCount(theirs)];
        for (var e = 0; e < rows.Length; e++)
        {
            var row = new long[4 * zones];
            for (var z = 0; z < zones; z++)
            {
                var (m, t) = (mine.Endpoint(z, e), theirs.Endpoint(z, e));
                (row[4 * z], row[(4 * z) + 1], row[(4 * z) + 2], row[(4 * z) + 3]) = (m.Exposures, t.Exposures, m.Events, t.Events);
            }

            rows[e] = row;
        }

        return rows;
    }

    /// <summary>Instances that have died since the look before, by region: restarts that nobody ordered.</summary>
    private Dictionary<string, (int Mine, int Theirs)> Deaths(EnvironmentObservation? now)
    {
        var deaths = new Dictionary<string, (int Mine, int Theirs)>(StringComparer.Ordinal);
        if (now is null) return deaths;
        foreach (var region in now.Regions)
        {
            foreach (var version in region.Versions)
            {
                var dead = 0;
                foreach (var instance in version.Instances)
                {
                    var died = instance.Restarts + (instance.State == InstanceState.Exited ? 1 : 0);
                    if (_knowsRestarts) dead += Math.Max(0, died - _restarts.GetValueOrDefault(instance.Id));
                    _restarts[instance.Id] = Math.Max(died, _restarts.GetValueOrDefault(instance.Id));
                }

                if (dead == 0) continue;
                var (mine, theirs) = deaths.GetValueOrDefault(region.Region);
                deaths[region.Region] = version.Digest == Candidate ? (mine + dead, theirs) : (mine, theirs + dead);
            }
        }

        _knowsRestarts = true;
        return deaths;
    }

    /// <summary>Instances that begin to say no: those that said so before, or died, are told already.</summary>
    private long[]? Ready(IReadOnlyList<ProbeCount> probes, string region, int dead, int theirDead)
    {
        if (Probed(probes, region, ProbeKind.Readiness) is not { } asked) return null;
        var unready = new long[2];
        foreach (var probe in probes.Where(p => p.Request.Region == region && p.Request.Kind == ProbeKind.Readiness))
        {
            var arm = probe.Request.Version == Candidate ? 0 : 1;
            unready[arm] += Math.Max(0, probe.Failed - _unready.GetValueOrDefault((region, probe.Request.Version)));
            _unready[(region, probe.Request.Version)] = probe.Failed;
        }

        return [asked[0], asked[1], Math.Max(0, unready[0] - dead), Math.Max(0, unready[1] - theirDead)];
    }

    private long[]? Probed(IReadOnlyList<ProbeCount> probes, string region, ProbeKind kind)
    {
        var counts = new long[4];
        foreach (var probe in probes)
        {
            if (probe.Request.Region != region || probe.Request.Kind != kind) continue;
            var arm = probe.Request.Version == Candidate ? 0 : 1;
            counts[arm] += probe.Asked;
            counts[arm + 2] += probe.Failed;
        }

        return counts[0] + counts[1] == 0 ? null : counts;
    }

    /// <summary>A declared metric by region: exposures of both versions, events of both. Null where it was not read.</summary>
    private Dictionary<string, long[]>? Metric(string name, GateSample sample)
    {
        if (sample.Readings.GetValueOrDefault(name) is not SignalReading.Counted counted) return null;

        var regions = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var edge in counted.Edges)
        {
            var key = (name, edge.Source, edge.Region, edge.Version);
            var known = _edges.TryGetValue(key, out var earlier);
            _edges[key] = edge.Count;
            if (!known || edge.Version is not { } version) continue; // what it holds when first seen is of the past

            var restarted = edge.Count.Events < earlier.Events || edge.Count.Exposures < earlier.Exposures;
            var (events, exposures) = restarted ? (edge.Count.Events, edge.Count.Exposures) : (edge.Count.Events - earlier.Events, edge.Count.Exposures - earlier.Exposures);
            if (!regions.TryGetValue(edge.Region, out var counts)) regions[edge.Region] = counts = new long[4];
            var arm = version == Candidate ? 0 : 1;
            counts[arm] += exposures;
            counts[arm + 2] += Math.Min(events, exposures);
        }

        return regions;
    }

    /// <summary>The canary's first instances beside as many of the running version that were started with them; others are of another age, and say nothing.</summary>
    private double? Memory(string region, EnvironmentObservation now)
    {
        if (rollout.FreshInstances == 0 || rollout.MemoryLimitMebibytes is not { } limit || region != rollout.Regions[0].Name) return null;

        var mine = Oldest(now[region].Of(Candidate)?.Instances ?? []);
        if (mine.Count == 0) return null;
        var from = mine[0].StartedAt!.Value;
        var window = 2 * rollout.Options.WarmUp;
        var young = now[region].Versions.Where(v => v.Digest != Candidate).SelectMany(v => v.Instances)
            .Where(i => i.StartedAt is { } started && (started - from).Duration() <= window && i.ResidentBytes is not null)
            .ToList();
        var own = mine.Where(i => i.StartedAt - from <= window && i.ResidentBytes is not null).ToList();
        return young.Count == 0 || own.Count == 0 ? null : 100 * (Mean(own) - Mean(young)) / limit;

        static double Mean(List<InstanceObservation> of) => of.Average(i => i.ResidentBytes!.Value / (1024.0 * 1024));
    }

    private static List<InstanceObservation> Oldest(IReadOnlyList<InstanceObservation> instances) =>
        [.. instances.Where(i => i.StartedAt is not null).OrderBy(i => i.StartedAt)];

    /// <summary>One version side of a region's window.</summary>
    private sealed class Arm
    {
        private readonly List<CountersSince> _totals = [];
        private readonly List<EventCount[]> _endpoints = []; // by zone, then endpoint
        private AnswerMix[] _answers = [];

        public List<InstanceCell> Cells { get; } = [];

        public int EndpointCount(Arm other) => Math.Max(_answers.Length, other._answers.Length);

        public EventCount Endpoint(int zone, int endpoint) => zone < _endpoints.Count && endpoint < _endpoints[zone].Length ? _endpoints[zone][endpoint] : default;

        public AnswerMix Answers(int endpoint) => endpoint < _answers.Length ? _answers[endpoint] : default;

        public long SlowerThan(double milliseconds)
        {
            var slower = 0L;
            foreach (var total in _totals) slower += total.SlowerThan(milliseconds);
            return slower;
        }

        public void Add(VersionTraffic now, VersionTraffic? before, Dictionary<string, int> zones, int count, IReadOnlyList<string> endpoints, bool split)
        {
            if (_answers.Length == 0) _answers = new AnswerMix[count];
            Cells.EnsureCapacity(Cells.Count + now.Instances.Count);
            _totals.EnsureCapacity(Cells.Capacity);
            if (now.Instances.Count == 0)
            {
                // The source tells of no instances: all of them are one, and nothing can be left out.
                var (all, old) = (EndpointCounters.Sum(now.Endpoints.Values), EndpointCounters.Sum(before?.Endpoints.Values ?? []));
                Cell($"all of {now.Digest.Brief}", 0, new(all, old));
            }

            foreach (var (id, traffic) in now.Instances)
            {
                var old = before?.Instances.GetValueOrDefault(id) ?? Nothing;
                var zone = zones.GetValueOrDefault(id);
                Cell(id, zone, new(traffic.Total, old.Total));
                if (!split) continue;
                while (_endpoints.Count <= zone) _endpoints.Add(new EventCount[count]);
                for (var e = 0; e < count; e++)
                {
                    if (!traffic.Endpoints.TryGetValue(endpoints[e], out var seen)) continue;
                    var earlier = old.Endpoints.GetValueOrDefault(endpoints[e]);
                    var restarted = seen.Exposures < earlier.Exposures || seen.Events < earlier.Events;
                    _endpoints[zone][e] = _endpoints[zone][e].Plus(restarted ? seen : new(seen.Events - earlier.Events, seen.Exposures - earlier.Exposures));
                }
            }

            if (!split) return;
            for (var e = 0; e < count; e++)
            {
                if (!now.Endpoints.TryGetValue(endpoints[e], out var seen)) continue;
                var delta = new CountersSince(seen, before?.Endpoints.GetValueOrDefault(endpoints[e]) ?? EndpointCounters.Zero);
                _answers[e] = _answers[e].Plus(delta.Answers);
                if (now.Instances.Count > 0) continue;
                while (_endpoints.Count == 0) _endpoints.Add(new EventCount[count]);
                _endpoints[0][e] = _endpoints[0][e].Plus(new(delta.Errors, delta.Requests));
            }
        }

        private void Cell(string id, int zone, CountersSince delta)
        {
            Cells.Add(new(id, zone, delta.Requests, Math.Min(delta.Errors, delta.Requests)));
            _totals.Add(delta);
        }
    }
}
