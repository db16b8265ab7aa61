namespace Tidegate;

/// <content>Which instances and which share each region gets.</content>
public sealed partial class Rollout
{
    private void Fill(int r, RegionTrack track)
    {
        (track.Share, track.Full, track.FullAt) = (1, true, At);
        if (!HasFresh(r)) track.Old = track.Region.Baseline is null ? 0 : track.Region.KeepWarm;
        _watch.Enter(r);
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
}
