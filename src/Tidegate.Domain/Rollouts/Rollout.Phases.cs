namespace Tidegate;

/// <content>When a step is done: the canary, the waves with their batches, the watch.</content>
public sealed partial class Rollout
{
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
}
