namespace Tidegate;

/// <summary>Slow requests are a cold start until shown otherwise: the accused regions are withdrawn for a while, then take a small constant share, and must be
/// accused once more.</summary>
/// <remarks>Slowness that is mild is given half an hour more, and must be accused a third time: a cold cache looks like it. What the accusations show multiplies to more than 1/α of one uninterrupted process, so it is harder to reach than a plain verdict: the budget
/// stays whole. Each time that a suspicion is cleared, the next one is asked for twice as much.</remarks>
internal sealed class SlowStrikes(RolloutOptions options)
{
    private const double Level = 10, Again = 20, ConfirmShare = 0.1, Mildly = 3, ThirdTime = 10, Mild = 3, Longer = 4, Gone = 1;

    private readonly double _gap = 8 * options.WarmUp.TotalSeconds;
    private readonly double _longGap = 35 * options.WarmUp.TotalSeconds;
    private readonly double _confirm = 5 * options.WarmUp.TotalSeconds;
    private readonly Dictionary<int, double> _before = [];
    private double _since;
    private double _took;
    private double _returnsAt;
    private double _confirmUntil = double.PositiveInfinity;
    private double _evidence;
    private double _began;
    private int _cleared;
    private int _windows;
    private bool _last;
    private PairedCounts _slow;

    public Step At { get; private set; }

    public enum Step
    {
        /// <summary>Nobody is accused of slowness.</summary>
        None,

        /// <summary>Withdrawn: cold starts warm up on requests that others answer.</summary>
        Gap,

        /// <summary>A small share that stays as it is: accused again, it is a verdict.</summary>
        Confirm,
    }

    public bool On => At != Step.None;

    /// <summary>Slow requests of this window count: in the first one after the gap connections are new.</summary>
    public bool Reads => At == Step.None || (At == Step.Confirm && _windows > 1);

    /// <summary>Slow requests are accused, and not yet enough: they are given time.</summary>
    public bool Begins(double merged, EvidenceKind accused) => At == Step.None && accused == EvidenceKind.Slow && merged >= Level * (1 << Math.Min(_cleared, 20));

    public void Begin(double merged, double at, IReadOnlyList<RegionTrack> tracks, Func<int, bool> accused)
    {
        (At, _evidence, _took, _returnsAt, _began, _last) = (Step.Gap, merged, at - _since, at + _gap, at, false);
        _before.Clear();
        for (var r = 0; r < tracks.Count; r++)
        {
            if (!accused(r) || tracks[r].Share <= 0) continue;
            _before[r] = tracks[r].Share;
            tracks[r].Struck = true;
            tracks[r].Share = 0;
            tracks[r].Full = tracks[r].NineTenths = false;
        }
    }

    /// <summary>How slow it is, since it came back.</summary>
    public void See(RolloutWindow window, IReadOnlyList<RegionTrack> tracks)
    {
        if (At != Step.Confirm || _windows < 2) return;
        for (var r = 0; r < tracks.Count; r++)
        {
            if (!tracks[r].Struck || window.Regions[r].Slow is not { } slow) continue;
            _slow += new PairedCounts(window.Regions[r].CandidateCount.Exposures, window.Regions[r].RunningCount.Exposures, slow[0][0], slow[0][3]);
        }
    }

    /// <summary>Time passes.</summary>
    /// <returns>Accused often enough: it is a verdict.</returns>
    public bool Next(double merged, double at, IReadOnlyList<RegionTrack> tracks)
    {
        if (At == Step.Gap && at >= _returnsAt) Return(at, tracks);
        else if (At == Step.Confirm) _windows++;
        if (At != Step.Confirm) return false;
        if (_last || !IsMild) return merged >= Math.Max(_evidence * (_last ? ThirdTime : Again), options.Accused);
        if (merged < _evidence * Mildly) return false;

        (At, _evidence, _last, _returnsAt) = (Step.Gap, merged, true, Math.Max(at + _gap, _began + _longGap));
        foreach (var r in _before.Keys) tracks[r].Share = 0;
        return false;
    }

    /// <summary>Beyond the running version's 99th percentile less than three times as many requests.</summary>
    private bool IsMild => _slow.Comparable && _slow.CandidateEvents * (double)_slow.Baseline < Mild * (_slow.BaselineEvents + 1) * _slow.Candidate;

    /// <summary>Not accused again in time, or shown not worse while nothing speaks against it any more: it was a cold start. Slowness that goes on to speak
    /// against it gets more time to show itself: what is cleared is forgotten, and would have to be found anew, by more users.</summary>
    public bool IsCleared(double merged, double at, bool shown) => At == Step.Confirm
        && ((shown && merged < Gone) || at >= _confirmUntil + (merged < _evidence ? 0 : Longer * _confirm));

    public void Clear(double at, IReadOnlyList<RegionTrack> tracks)
    {
        (At, _since) = (Step.None, at);
        _cleared++;
        foreach (var track in tracks) track.Struck = false;
    }

    private void Return(double at, IReadOnlyList<RegionTrack> tracks)
    {
        (At, _windows, _confirmUntil, _slow) = (Step.Confirm, 0, at + Math.Max(_confirm, 2 * _took), default);
        foreach (var (r, before) in _before)
        {
            var first = Math.Min(tracks[r].Cap, Math.Max(options.FirstShare, options.HarmBudget / (tracks[r].RequestsPerSecond * options.Reaction.TotalSeconds)));
            tracks[r].Share = Math.Max(Math.Min(before, first), Math.Min(ConfirmShare, before / 2));
        }
    }
}
