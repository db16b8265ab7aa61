namespace Tidegate;

/// <summary>A whole release in one environment, from the first instance of a region to the end of the watch: which instances and which share each region gets
/// after every window, and when a step is done, the release is guilty, or a person is asked.</summary>
/// <remarks>
/// A fold without clock and without I/O: the same windows in the same order give the same rollout, so a run that was killed reads them from the ledger and is
/// where it was. Bad evidence is looked at before everything else; an incident freezes what speaks for the candidate only; time is what could be judged.
/// </remarks>
public sealed partial class Rollout
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

    private void Begin(double mass, bool probe = false) => _evidence.Begin(null, mass, probe);

    private void End(RolloutSays says, string because) => (Says, Because) = (says, because);

    private IEnumerable<int> Indices(IReadOnlyList<string> regions) => regions.Select(_plan.IndexOf).Where(r => r >= 0);
}
