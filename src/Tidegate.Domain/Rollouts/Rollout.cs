namespace Tidegate;

/// <summary>A whole release in one environment, from the first instance of a region to the end of the watch: which instances and which share each region gets
/// after every window, and when a step is done, the release is guilty, or a person is asked.</summary>
/// <remarks>
/// A fold without clock and without I/O: the same windows in the same order give the same rollout, so a run that was killed reads them from the ledger and is
/// where it was. Bad evidence is looked at before everything else; an incident freezes what speaks for the candidate only; time is what could be judged.
/// </remarks>
public sealed class Rollout
{
    private const double Doubted = 10, Suspected = 5;

    /// <summary>The share of requests that may be too slow before slowness is noticed at once.</summary>
    private const double SlowAtStake = 0.05;

    private readonly RolloutPlan _plan;
    private readonly RolloutOptions _options;
    private readonly RegionTrack[] _tracks;
    private readonly RolloutEvidence _evidence;
    private readonly RolloutClearance _clearance;
    private readonly RolloutIncidents _incidents;
    private readonly RolloutWatch _watch;
    private readonly SlowStrikes _strikes;
    private readonly FailingShare _failing;
    private readonly RolloutSilence _silence;
    private readonly double _warm;
    private RolloutPlan _stage;
    private RolloutReference _reference;
    private RolloutPhase _phase;
    private int _phases = -1;
    private double _phaseAt;
    private double _suspectedSince = double.NaN;
    private double _incidentSince = double.NaN;
    private double _unread;
    private double _watchedFrom = double.NaN;
    private double _rampedAt = double.NegativeInfinity;
    private bool _letGo;
    private readonly double[] _proved;

    private Rollout(RolloutPlan plan, RolloutReference reference)
    {
        (_plan, _stage, _options, _reference) = (plan, plan, plan.Options, reference);
        _tracks = [.. plan.Regions.Zip(reference.Regions, (r, seen) => new RegionTrack(r) { RequestsPerSecond = Math.Max(0.001, seen.RequestsPerSecond) })];
        (_evidence, _clearance, _incidents) = (new(plan, reference), new(plan), new(plan.Regions.Count, plan.FailureLimit, plan.SlowLimit));
        (_watch, _strikes, _failing) = (new(plan, reference), new(plan.Options), new(plan.Regions.Count));
        _silence = new(plan.Regions.Count);
        _warm = _options.WarmUp.TotalSeconds;
        _phase = plan.Phases[0];
        _proved = new double[plan.Regions.Count];
    }

    /// <summary>Judged seconds so far.</summary>
    public double At { get; private set; }

    public RolloutSays Says { get; private set; }

    /// <summary>Why, for people.</summary>
    public string Because { get; private set; } = "";

    public RolloutPhase Phase => _phase;

    /// <summary>M: the evidence against the candidate; 1/α is the verdict.</summary>
    public double Merged => _evidence.Merged;

    /// <summary>M that is the verdict.</summary>
    public double Needed => _options.Accused;

    public double Rest => _evidence.Rest;

    public (EvidenceKind Kind, string Name, int Region) Accused => _evidence.Accused;

    public IReadOnlyDictionary<EvidenceKind, double> Parts => _evidence.Parts;

    /// <summary>The failure rate that is not ruled out yet.</summary>
    public double Bound => _clearance.Bound;

    /// <summary>Shown not worse than the running version.</summary>
    public bool Shown => _clearance.Shown;

    public (double Failures, double Slow, double Needed) For => _clearance.Nats;

    public string? Incident => _incidents.Seen ?? _incidents.Beyond ?? (_incidents.Everywhere ? "the running version itself fails more than in the hour before"
        : _incidents.Anywhere ? "the running version fails more than in the hour before in some regions" : null);

    public bool Probing => _watch.Probing;

    public int Probes => _watch.Probes;

    public bool Sheltering => _watch.Sheltering;

    /// <summary>Slow requests are accused, and given time to show that they were a cold start.</summary>
    public bool SlowSuspected => _strikes.On;

    /// <summary>When all requests of all regions went to the candidate, in judged seconds; NaN before.</summary>
    public double FullAt => _watchedFrom;

    /// <summary>The canary went on because it was shown not worse, and not because little is at stake.</summary>
    public bool CanaryByEvidence { get; private set; }

    public RolloutReference Reference => _reference;

    /// <summary>How its own instances started, for the releases after it.</summary>
    public StartRecord Starts { get; private set; } = StartRecord.Empty;

    /// <param name="plan">Of the first stage.</param>
    public static Rollout Begin(RolloutPlan plan, RolloutReference reference) => new(plan, reference);

    /// <summary>A later stage goes on with it: what speaks against the candidate stays, the hour before is measured anew.</summary>
    public void GoOn(RolloutPlan stage, RolloutReference reference)
    {
        (_stage, _phases) = (stage, -1);
        (Says, Because) = (RolloutSays.GoOn, "");
        if (reference.Regions.Count != _tracks.Length || reference.Regions.Zip(_reference.Regions).Any(r => r.First.ZoneCount != r.Second.ZoneCount)) return;

        _reference = reference;
        _evidence.Measure(reference);
        _watch.Measure(reference);
    }

    /// <summary>It was held for want of evidence, and is gone on with: what speaks against the candidate stays, waiting begins anew.</summary>
    public void Reopen()
    {
        (Says, Because) = (RolloutSays.GoOn, "");
        (_suspectedSince, _incidentSince, _unread) = (double.NaN, double.NaN, 0);
        _phaseAt = At;
        foreach (var track in _tracks) track.Since = At;
    }

    /// <summary>A step of the stage begins.</summary>
    /// <param name="step">From 0; entering the same again changes nothing.</param>
    public void Enter(int step)
    {
        if (step <= _phases) return;
        (_phases, _phase, _phaseAt) = (step, _stage.Phases[step], At);
        (Says, Because) = (RolloutSays.GoOn, "");
        for (var r = 0; r < _tracks.Length; r++) _proved[r] = _tracks[r].Share;
        switch (_phase.Kind)
        {
            case PhaseKind.Canary:
                Begin(_plan.Beginnings.Canary);
                foreach (var r in Indices(_phase.Regions)) PlaceCanary(r, _plan.FreshInstances);
                break;
            case PhaseKind.EveryRegion:
                Begin(_plan.Beginnings.EveryRegion);
                foreach (var r in Indices(_phase.Regions).Where(r => _tracks[r].Wanted == 0)) PlaceCanary(r, 0);
                break;
            case PhaseKind.Wave:
                if (_plan.Phases[0].Kind == PhaseKind.Wave && step == 0 && ReferenceEquals(_stage, _plan)) Begin(_plan.Beginnings.Canary); // no canary went before
                BeginWave();
                break;
            case PhaseKind.Watch:
                _watchedFrom = At;
                foreach (var track in _tracks.Where(t => t.Full)) track.Old = track.Region.KeepWarm; // fresh instances for memory are let go
                break;
        }
    }

    /// <summary>What is desired of every region that the rollout has touched.</summary>
    public IReadOnlyList<RegionTarget> Targets(ArtifactDigest candidate) =>
        [.. _tracks.Where(t => t.Wanted > 0).Select(t => t.Target(candidate))];

    /// <summary>The candidate's share that this region goes back to when nobody watches: the one when the step began, as far as the version before can carry
    /// the rest.</summary>
    public TrafficShare Proved(string region)
    {
        var r = _plan.IndexOf(region);
        return new(Math.Clamp((int)Math.Round(_tracks[r].Back(_proved[r]) * 10_000), 0, 10_000));
    }

    /// <summary>No instance of the candidate has ever come in this region.</summary>
    public bool NeverCame(string region) => _tracks[_plan.IndexOf(region)].Arrived == 0;

    /// <summary>Both versions have warm instances here, so both can be asked.</summary>
    public bool CanAsk(int region) => _tracks[region] is { Arrived: > 0, Old: > 0 } track && At > track.WarmAt;

    /// <summary>The step has lasted so long.</summary>
    public bool Waits(TimeSpan longest) => At - _phaseAt >= longest.TotalSeconds;

    /// <summary>Journeys are walked more often for a while: one of the candidate's has failed.</summary>
    public bool WalksOften(int region) => At < _tracks[region].BurstUntil;

    /// <summary>Users are taken off the candidate while a person is asked: each region of the step back to its share before it, and never more than
    /// the warm instances of the version before can carry.</summary>
    public IReadOnlyList<RegionTarget> Withdrawn(ArtifactDigest candidate)
    {
        var touched = Indices(_phase.Regions).ToHashSet();
        return [.. _tracks.Select((t, r) => (Track: t, Index: r)).Where(t => t.Track.Wanted > 0).Select(t =>
        {
            var track = t.Track;
            var share = touched.Contains(t.Index) ? track.Back(_phase.Kind == PhaseKind.Watch ? 0 : _proved[t.Index]) : track.Share;
            return new RegionTrack(track.Region) { Wanted = track.Wanted, Old = track.Old, Share = share }.Target(candidate);
        })];
    }

    /// <summary>One more window.</summary>
    public void See(RolloutWindow window)
    {
        if (Says is RolloutSays.Unhealthy or RolloutSays.Hold) return;

        var read = Read(window);
        if (!read) return;

        At += window.Seconds;
        Arrive(window);
        _incidents.Add(window, _reference);
        var split = Ingest(window);
        _evidence.Merge(window, At, split);
        _clearance.Conclude(_reference, _incidents, _stage.LatencyMargin > 0);
        _failing.Add(window, r => _tracks[r].IsSplit);
        _silence.Add(window, _tracks);
        if (Accuse(window, split)) return;
        Settle(window);
        if (Says == RolloutSays.GoOn) Decide();
    }

    private bool Frozen => _incidents.Everywhere || _evidence.Merged >= Doubted || _watch.Probing || _strikes.On;

    private bool Calm => _evidence.Merged < Suspected;

    /// <summary>A window in which nothing could be read moves no time, and too many of them ask a person.</summary>
    private bool Read(RolloutWindow window)
    {
        var unread = window.Regions.Where((r, i) => r.Missing is not null && _tracks[i].Arrived > 0).Select(r => r.Missing).FirstOrDefault();
        _unread = unread is null ? 0 : _unread + window.Seconds;
        if (unread is not null && _unread >= 10 * _warm) End(RolloutSays.Hold, $"the counts of both versions could not be read for {Words.Seconds(TimeSpan.FromSeconds(_unread))}: {unread}");
        return window.Regions.Any(r => r.Missing is null);
    }

    private void Arrive(RolloutWindow window)
    {
        for (var r = 0; r < _tracks.Length; r++)
        {
            var (track, seen) = (_tracks[r], window.Regions[r]);
            if (seen.Missing is not null) continue;
            foreach (var one in seen.Candidate) _evidence.Join(r, one.Instance);
            if (seen.Withdrawn) TakenBack(r, seen.Share);
            track.Gone = !track.Placing && seen.CandidateReady < track.Arrived;
            if (!track.Placing || seen.CandidateReady < track.Wanted) continue;

            (track.Arrived, track.WarmAt, track.Since) = (track.Wanted, At + _warm, At);
            if (track.Share <= 0 && !track.Struck) track.Share = First(r);
        }
    }

    /// <summary>Somebody stopped watching, and the share went back: the region ramps up again from there.</summary>
    private void TakenBack(int r, TrafficShare stands)
    {
        var track = _tracks[r];
        if (track.Share <= stands.Ratio || track.Struck) return;
        (track.Share, track.Full, track.NineTenths, track.Since) = (stands.Ratio, false, false, At);
        _watch.Leave(r);
        if (track.Share <= 0 && !track.Placing) track.Share = First(r);
    }

    private double First(int r) => RolloutRamp.First(_options, Ramped(r), _clearance.Bound);

    private bool Ingest(RolloutWindow window)
    {
        var any = false;
        for (var r = 0; r < _tracks.Length; r++)
        {
            var (track, seen) = (_tracks[r], window.Regions[r]);
            if (seen.Missing is not null || track.Arrived == 0) continue;

            var steady = track.Stood == seen.Share;
            if (!steady)
            {
                _evidence.Drop(r);
                _clearance.Drop(r);
            }

            (track.Stood, track.Steady) = (seen.Share, steady);
            var (warm, died) = (At > track.WarmAt, seen.CandidateDeaths > 0 || seen.RunningDeaths > 0);
            var withdrawn = track.Struck && _strikes.At == SlowStrikes.Step.Gap;
            if (track.IsSplit && !died && !withdrawn)
            {
                any = true;
                var age = TimeSpan.FromSeconds(Math.Max(0, At - track.WarmAt + _warm));
                if (steady) Starts = Starts.Add(age, seen);
                _evidence.Split(r, seen, window.Seconds, warm, steady, _strikes.Reads, _reference.Starts?.At(age) ?? StartLift.None);
                if (!_incidents.Everywhere && !_incidents.In(r))
                {
                    _clearance.Add(r, seen, _reference.Regions[r], _reference, shows: warm && steady && !_watch.ProbesIn(r));
                }
            }

            if (track.Old > 0 && warm) _evidence.Beside(r, seen, window.Seconds);
            if (seen.Journeys is { } walks && walks[2] > 0) track.BurstUntil = At + _warm;
        }

        return any;
    }

    private bool Accuse(RolloutWindow window, bool split)
    {
        if (_silence.Found is var (silent, expected))
        {
            End(RolloutSays.Unhealthy, FormattableString.Invariant($"none of about {expected:0} requests that were routed to it was counted in {_plan.Regions[silent].Name}"));
            return true;
        }

        var (kind, name, region) = _evidence.Accused;
        var instances = Enumerable.Range(0, _tracks.Length).Where(r => (region < 0 || region == r) && _tracks[r].IsSplit).Sum(r => window.Regions[r].Candidate.Count);
        if (_strikes.Next(_evidence.Merged, At, _tracks) || RolloutVerdict.IsGuilty(_options, _evidence, instances, _failing.In(region), split))
        {
            End(RolloutSays.Unhealthy, $"{AccusedOf.Words(kind, name)}{(region < 0 ? "" : $" in {_plan.Regions[region].Name}")}");
            return true;
        }

        _strikes.See(window, _tracks);
        if (split && _strikes.Begins(_evidence.Merged, kind))
        {
            _strikes.Begin(_evidence.Merged, At, _tracks, r => region < 0 ? _tracks[r].IsSplit : r == region);
            _clearance.Restart([.. Enumerable.Range(0, _tracks.Length).Where(r => _tracks[r].Struck)]);
            foreach (var r in Enumerable.Range(0, _tracks.Length).Where(r => _tracks[r].Struck)) _watch.Leave(r);
        }
        else if (_strikes.IsCleared(_evidence.Merged, At, _clearance.Shown))
        {
            _strikes.Clear(At, _tracks);
            _evidence.Forget();
        }

        return false;
    }

    /// <summary>Suspicions that are neither settled nor gone, and what only one instance carries.</summary>
    private void Settle(RolloutWindow window)
    {
        _suspectedSince = _evidence.Merged >= Suspected && !_strikes.On ? Since(_suspectedSince) : double.NaN;
        _incidentSince = _incidents.Everywhere ? Since(_incidentSince) : double.NaN;
        var few = Enumerable.Range(0, _tracks.Length).Where(r => _tracks[r].IsSplit).Sum(r => window.Regions[r].Candidate.Count) < RolloutVerdict.Few;
        if (!few && At - _suspectedSince >= 3 * _warm && _evidence.Rest < 1)
        {
            _evidence.Forget();
            _suspectedSince = double.NaN;
        }

        if (At - _suspectedSince >= 180 * _warm) End(RolloutSays.Hold, "a suspicion is neither settled nor gone");
        else if (At - _incidentSince >= 120 * _warm && _phase.Kind != PhaseKind.Watch) End(RolloutSays.Hold, "an incident that no version causes lasts too long: nothing can be told meanwhile");
        if (Says != RolloutSays.GoOn) return;

        if (_watch.Probing)
        {
            if (_watch.Settle(window, _tracks, At, _evidence.Merged) is { } question) End(RolloutSays.Hold, question);
            return;
        }

        if (_strikes.On) return;
        var controlled = _phase.Kind != PhaseKind.Watch && _incidents.Everywhere;
        var probed = _watch.Look(window, _tracks, At, _phase.Kind == PhaseKind.Watch, controlled);
        if (probed.Count == 0) return;
        Begin(_plan.Beginnings.Probe(_watch.Probes), probe: true);
        foreach (var r in probed) _evidence.Begin(r, _plan.Beginnings.Probe(_watch.ProbesOf(r)), probe: true);

        double Since(double since) => double.IsNaN(since) ? At : since;
    }

    private void Decide()
    {
        if (At - _rampedAt >= _options.RampEvery.TotalSeconds - 1e-6 && !_incidents.Everywhere && _evidence.Merged < Doubted && !_strikes.On)
        {
            _rampedAt = At;
            Ramp();
        }

        switch (_phase.Kind)
        {
            case PhaseKind.Canary:
                Canary();
                break;
            case PhaseKind.EveryRegion:
                EveryRegion();
                break;
            case PhaseKind.Wave:
                Wave();
                break;
            case PhaseKind.Watch:
                Watch();
                break;
        }
    }

    private void Canary()
    {
        var r = _plan.IndexOf(_phase.Regions[0]);
        var track = _tracks[r];
        if (Frozen || _incidents.In(r) || track.Placing || track.Gone || At < track.WarmAt || _evidence.Merged >= 2) return;

        var (here, enough) = (At - track.Since, _clearance.Ramped.Exposures >= 10);
        var evidence = _clearance.Shown || (At - track.WarmAt >= _warm && _clearance.Bound <= Math.Max(0.01, 3 * _reference.FailureRate));
        var cheap = (here >= _options.LowTrafficTime.TotalSeconds + _warm && enough) || here >= _options.CapTime.TotalSeconds;
        if (evidence) Pass(byEvidence: true);
        else if (cheap) AtCap("the canary");
    }

    private void EveryRegion()
    {
        var regions = Indices(_phase.Regions).ToList();
        if (Frozen || _incidents.Anywhere || !Calm || regions.Any(r => _tracks[r].Placing || At < _tracks[r].WarmAt)) return;

        var soaked = At - regions.Max(r => _tracks[r].WarmAt);
        var requests = regions.Sum(r => _tracks[r].RequestsPerSecond * _tracks[r].Cap);
        if (_clearance.Shown && FloorsMet(requests) && soaked >= _warm) Pass(byEvidence: true);
        else if ((soaked >= _options.LowTrafficTime.TotalSeconds && 10_000 / Math.Max(requests, 1e-9) > _options.CapTime.TotalSeconds) || soaked >= _options.CapTime.TotalSeconds) AtCap("the canary in every region");
    }

    private bool FloorsMet(double requestsPerSecond)
    {
        for (var e = 0; e < _plan.Endpoints.Count; e++)
        {
            var expected = requestsPerSecond * _reference.EndpointShares[e] * _options.LowTrafficTime.TotalSeconds;
            if (expected >= _options.EndpointFloor && _clearance.Answered(e) < _options.EndpointFloor) return false;
        }

        return true;
    }

    private void Wave()
    {
        var done = true;
        foreach (var r in Indices(_phase.Regions))
        {
            var track = _tracks[r];
            if (track.Full) continue;
            done = false;
            if (Frozen || _incidents.In(r) || track.Placing || track.Gone || At < track.WarmAt) continue;
            Advance(r, track);
            if (Says != RolloutSays.GoOn) return;
        }

        if (done && !Frozen && Indices(_phase.Regions).All(r => At - _tracks[r].FullAt >= _warm)) Pass(byEvidence: false);
    }

    /// <summary>One region of a wave, step by step: a first batch that must show itself, the others as its share grows, and its last control only with evidence,
    /// with little at stake, or after a long quiet time.</summary>
    private void Advance(int r, RegionTrack track)
    {
        var region = track.Region;
        var (since, there) = (At - track.Since, track.Share >= track.Cap * 0.999);
        var cheap = RolloutRamp.IsCheap(_options, Ramped(r));
        var wave = _plan.Waves.ToList().FindIndex(w => w.Contains(region.Name)) + 1;
        var low = _options.LowTrafficTime.TotalSeconds * Math.Max(0.25, Math.Pow(_options.Confidence, wave));
        var cap = since >= _options.CapTime.TotalSeconds;
        // Slow requests cost users too: while it is not shown to be no slower, a region with many requests goes no further.
        var quick = _clearance is { SlowShown: true, TailShown: true } || track.RequestsPerSecond * SlowAtStake * _options.Reaction.TotalSeconds <= _options.HarmBudget;
        if (cap && _options.AtCap == CapRule.Hold && !_clearance.ShownIn(r))
        {
            AtCap(region.Name);
            return;
        }

        if (track.Batch == 1 && region.Batches > 1)
        {
            // An endpoint that is called rarely must have answered too, where the region's traffic allows it.
            quick &= FloorsMet(track.RequestsPerSecond * track.Cap);
            if ((quick && ((there && _clearance.ShownIn(r) && since >= _options.MinimumTime.TotalSeconds) || (since >= low + _warm && cheap))) || cap) NextBatch(r, track);
            return;
        }

        if (track.Batch < region.Batches)
        {
            if (since >= _warm && (there || since >= low)) NextBatch(r, track);
            return;
        }

        var stake = track.RequestsPerSecond * _clearance.Bound * _options.Reaction.TotalSeconds <= _options.HarmBudget;
        var promote = (_clearance.Shown && _clearance.ShownIn(r)) || (since >= _warm && cheap && stake && quick) || cap;
        if (!promote || !(Calm || track.NineTenths)) return;
        if (!track.NineTenths)
        {
            if (!there) return;
            (track.NineTenths, track.Cap, track.NineTenthsAt) = (true, Math.Max(track.Cap, 0.9), double.NaN);
            return;
        }

        if (!there) return;
        if (double.IsNaN(track.NineTenthsAt)) track.NineTenthsAt = At;
        if (At - track.NineTenthsAt >= _warm) Fill(r, track);
    }

    private void Fill(int r, RegionTrack track)
    {
        (track.Share, track.Full, track.FullAt) = (1, true, At);
        if (!HasFresh(r)) track.Old = track.Region.Baseline is null ? 0 : track.Region.KeepWarm;
        _watch.Enter(r);
    }

    private void Watch()
    {
        foreach (var track in _tracks.Where(t => !t.Full && t.Wanted > 0))
        {
            // A region that was withdrawn, and cleared, goes back to all of its requests as at the end of its wave.
            var r = Array.IndexOf(_tracks, track);
            if (!Frozen && !_incidents.In(r) && !track.Struck) Advance(r, track);
        }

        if (_letGo || _watch.Probing || _strikes.On || _tracks.Any(t => t.Wanted > 0 && (!t.Full || t.Gone))) return;
        if (At - _watchedFrom < _options.WatchTime.TotalSeconds || !Baked) return;

        // The version before goes; nothing is judged after that.
        foreach (var track in _tracks.Where(t => t.Wanted > 0)) (track.Old, track.Share) = (0, 1);
        _letGo = true;
        End(RolloutSays.Passed, "healthy to the end of the watch");
    }

    private void BeginWave()
    {
        Begin(_plan.Beginnings.Waves / Math.Max(1, _plan.Waves.Count));
        foreach (var r in Indices(_phase.Regions))
        {
            var track = _tracks[r];
            _evidence.Begin(r, track.Wanted == 0 ? _plan.Beginnings.RegionWave + _plan.Beginnings.RegionEntry : _plan.Beginnings.RegionWave);
            if (track.Full) continue;
            track.Batch = 0;
            NextBatch(r, track);
        }
    }

    private void NextBatch(int r, RegionTrack track)
    {
        var region = track.Region;
        if (region.Baseline is null)
        {
            // Nothing to compare with here: it takes all of its requests at once, watched beside the other regions.
            track.Batch = region.Batches;
            track.Place(region.Instances, 0, 1, At);
            track.Share = 1;
            Fill(r, track);
            return;
        }

        track.Batch++;
        var replaced = Math.Min(region.Instances, track.Batch * region.Batch);
        var candidate = Math.Max(track.Wanted, replaced);
        var old = HasFresh(r) ? track.Old
            : track.Batch == 1 && region.Batches > 1 ? Math.Max(track.Old, region.Instances) : Math.Max(region.Instances - candidate, region.KeepWarm);
        var all = candidate >= region.Instances;
        var cap = all ? Math.Max(2.0 / 3, (region.Instances - region.Batch) / (double)region.Instances) : replaced / (double)region.Instances;
        track.Place(candidate, old, Math.Max(cap, track.Cap), At);
        track.Since = At;
    }

    /// <summary>Instances of the running version were started with the canary's, for memory: none of the running version leaves here before the watch.</summary>
    private bool HasFresh(int r) => _tracks[r].Old > _tracks[r].Region.Instances;

    private void PlaceCanary(int r, int fresh)
    {
        var (track, region) = (_tracks[r], _tracks[r].Region);
        _evidence.Begin(r, _plan.Beginnings.RegionEntry);
        if (region.Baseline is null) return;
        var cap = Math.Min(_plan.CanaryShare.Ratio, 1.0 / (region.Instances + 1));
        track.Place(region.Canary(_plan.CanaryInstances), region.Instances + fresh, cap, At);
    }

    /// <summary>Shares grow at most twofold, as what is not ruled out yet allows: no more is risked than the harm budget, in a region and in all together.</summary>
    private void Ramp()
    {
        var ramping = Enumerable.Range(0, _tracks.Length).Where(r => !_tracks[r].Full && !_watch.ProbesIn(r)).ToList();
        Span<RampRegion> regions = stackalloc RampRegion[ramping.Count];
        for (var i = 0; i < regions.Length; i++) regions[i] = Ramped(ramping[i]);

        Span<double> shares = stackalloc double[regions.Length];
        RolloutRamp.Next(_options, regions, _clearance.Bound, _clearance.Shown, shares);
        for (var i = 0; i < regions.Length; i++)
        {
            var (track, next) = (_tracks[ramping[i]], Math.Min(shares[i], regions[i].Cap));
            if (next > track.Share * 1.02 || (next > track.Share && next >= track.Cap * 0.999)) track.Share = next;
        }
    }

    private RampRegion Ramped(int r)
    {
        var track = _tracks[r];
        var capped = _options.AtCap == CapRule.Promote && At - track.Since >= _options.CapTime.TotalSeconds;
        return new(
            track.RequestsPerSecond,
            track.Share,
            track.Cap,
            _clearance.BoundIn(r),
            _clearance.ShownIn(r) || capped,
            _clearance.RampedIn(r).Exposures,
            Moves: !track.Struck && track.Arrived > 0 && track.Share > 0 && !_incidents.In(r));
    }

    /// <summary>The declared bake has really been watched.</summary>
    private bool Baked => At - _phaseAt >= _phase.LeastBake.TotalSeconds;

    private void Pass(bool byEvidence)
    {
        if (!Baked) return;
        if (_phase.Kind is PhaseKind.Canary or PhaseKind.EveryRegion) CanaryByEvidence = byEvidence;
        End(RolloutSays.Passed, byEvidence ? "not worse than the running version" : "all of its requests go to the new version");
    }

    private void AtCap(string what)
    {
        if (_options.AtCap == CapRule.Hold) End(RolloutSays.Hold, $"the evidence for {what} did not come in time");
        else if (Baked && _phase.Kind is PhaseKind.Canary or PhaseKind.EveryRegion) End(RolloutSays.Passed, "watched long enough, and little is at stake");
    }

    private void Begin(double mass, bool probe = false) => _evidence.Begin(null, mass, probe);

    private void End(RolloutSays says, string because) => (Says, Because) = (says, because);

    private IEnumerable<int> Indices(IReadOnlyList<string> regions) => regions.Select(_plan.IndexOf).Where(r => r >= 0);
}
