namespace Tidegate;

/// <summary>What speaks for the candidate, over all regions from the canary on and for each region alone; incidents count for none of it.</summary>
internal sealed class RolloutClearance
{
    private readonly RolloutOptions _options;
    private readonly RegionClearance[] _regions;
    private readonly long[] _answered;
    private readonly RatioBelow[] _slow = new RatioBelow[2];
    private RatioBelow _failures, _tail;
    private EventCount _candidate;
    private EventCount _ramped;

    public RolloutClearance(RolloutPlan plan)
    {
        _options = plan.Options;
        _regions = [.. plan.Regions.Select(_ => new RegionClearance())];
        _answered = new long[plan.Endpoints.Count];
        Nats = (0, 0, Math.Log(1 / plan.Options.Beta));
    }

    /// <summary>Shown not worse; latched.</summary>
    public bool Shown { get; private set; }

    /// <summary>Shown not slower; latched.</summary>
    public bool SlowShown { get; private set; }

    /// <summary>Shown to be less than the tolerance slower in its slowest tenth, which tells small differences soonest; latched.</summary>
    public bool TailShown { get; private set; }

    /// <summary>The failure rate of the service that is not ruled out yet. Never grows.</summary>
    public double Bound { get; private set; } = 1;

    /// <summary>Requests of the candidate that the bound is of.</summary>
    public EventCount Ramped => _ramped;

    /// <summary>Evidence in nats, of failures and of slow requests, and what is needed.</summary>
    public (double Failures, double Slow, double Needed) Nats { get; private set; }

    public bool ShownIn(int region) => _regions[region].Shown;

    public double BoundIn(int region) => _regions[region].Bound;

    public EventCount RampedIn(int region) => _regions[region].Ramped;

    public long Answered(int endpoint) => _answered[endpoint];

    /// <summary>One region's window in which both versions took requests, without an incident and without a death.</summary>
    /// <param name="shows">It is warm, its share stands, and it is no probe: it counts for more than the ramp's bound.</param>
    public void Add(int region, RegionWindow window, RegionReference reference, RolloutReference all, bool shows)
    {
        var (candidate, running) = (window.CandidateCount, window.RunningCount);
        _ramped = _ramped.Plus(candidate);
        _regions[region].Ramped = _regions[region].Ramped.Plus(candidate);
        if (!shows) return;

        _candidate = _candidate.Plus(candidate);
        _regions[region].Candidate = _regions[region].Candidate.Plus(candidate);
        for (var e = 0; e < _answered.Length && window.Endpoints is { } endpoints; e++)
        {
            for (var z = 0; z < endpoints[e].Count; z += 4) _answered[e] += endpoints[e][z];
        }

        // Pooled by exposure: small windows wait until both versions have answered something, and ten together (GATE's D9).
        var pooled = _regions[region].Pool(new(candidate.Exposures, running.Exposures, candidate.Events, running.Events), Slow(window));
        if (pooled is not { } closed) return;
        _failures = _failures.Add(closed.Failures, _options.Margin.Margin, HarmMargin.Alike, HarmMargin.Better, reference.For);
        _regions[region].Failures = _regions[region].Failures.Add(closed.Failures, _options.RegionMargin.Margin, HarmMargin.Alike, HarmMargin.Better, reference.For);
        _slow[0] = _slow[0].Add(closed.Slow99, 1, 0.5, 0.75, all.SlowDispersion[0]);
        _slow[1] = _slow[1].Add(closed.Slow50, 1, 0.8, 0.9, all.SlowDispersion[2]);
        _tail = _tail.Add(closed.Slow90, 1, 0.87, 0.93, all.SlowDispersion[1]);
    }

    /// <summary>Waiting windows of a region are forgotten: its share has changed.</summary>
    public void Drop(int region) => _regions[region].Drop();

    /// <summary>All regions of a window have been told of.</summary>
    public void Conclude(RolloutReference reference, RolloutIncidents incidents, bool judgeSlow)
    {
        var needed = Math.Log(1 / _options.Beta);
        if (!incidents.Everywhere)
        {
            Bound = new RampBound(Bound).Next(RampBound.Grades, _ramped, _options.Gamma, reference.Dispersion).WorstRate;
            for (var r = 0; r < _regions.Length; r++)
            {
                if (!incidents.In(r)) _regions[r].Bound = new RampBound(_regions[r].Bound).Next(RampBound.Grades, _regions[r].Ramped, _options.Gamma, reference.Regions[r].For).WorstRate;
            }
        }

        if (_candidate.Exposures > 0)
        {
            var failures = _options.Margin.Evidence(_failures, _candidate, reference.Dispersion);
            var slow = judgeSlow ? Math.Min(_slow[0].LogValue, _slow[1].LogValue) : needed;
            Nats = (failures, slow, needed);
            SlowShown |= slow >= needed;
            TailShown |= !judgeSlow || _tail.LogValue >= needed;
            Shown |= failures >= needed && slow >= needed;
        }

        for (var r = 0; r < _regions.Length; r++)
        {
            var region = _regions[r];
            region.Shown |= region.Candidate.Exposures > 0 && _options.RegionMargin.Evidence(region.Failures, region.Candidate, reference.Regions[r].For) >= needed;
        }
    }

    /// <summary>The evidence for it begins anew, everywhere or in one region.</summary>
    public void Restart(IReadOnlyList<int> regions)
    {
        (Shown, SlowShown, TailShown) = (false, false, false);
        (_failures, _tail, _candidate) = (default, default, default);
        Array.Clear(_slow);
        foreach (var r in regions) _regions[r].Restart();
    }

    private static (PairedCounts Slow99, PairedCounts Slow90, PairedCounts Slow50) Slow(RegionWindow window)
    {
        if (window.Slow is not { } slow) return default;
        var (n, m) = (window.CandidateCount.Exposures, window.RunningCount.Exposures);
        return (new(n, m, slow[0][1], slow[0][3]), new(n, m, slow[1][0], slow[1][3]), new(n, m, slow[2][1], slow[2][3]));
    }

    private sealed class RegionClearance
    {
        private PairedCounts _failures;
        private PairedCounts _slow99;
        private PairedCounts _slow90;
        private PairedCounts _slow50;

        public RatioBelow Failures { get; set; }

        public EventCount Candidate { get; set; }

        public EventCount Ramped { get; set; }

        public double Bound { get; set; } = 1;

        public bool Shown { get; set; }

        public (PairedCounts Failures, PairedCounts Slow99, PairedCounts Slow90, PairedCounts Slow50)? Pool(
            PairedCounts failures, (PairedCounts Slow99, PairedCounts Slow90, PairedCounts Slow50) slow)
        {
            _failures += failures;
            _slow99 += slow.Slow99;
            _slow90 += slow.Slow90;
            _slow50 += slow.Slow50;
            if (!_failures.Comparable || _failures.Requests < EvidenceStream.RequestsToClose) return null;

            var closed = (_failures, _slow99, _slow90, _slow50);
            Drop();
            return closed;
        }

        public void Drop() => (_failures, _slow99, _slow90, _slow50) = (default, default, default, default);

        public void Restart() => (Failures, Candidate, Shown) = (default, default, false);
    }
}
