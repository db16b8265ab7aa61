namespace Tidegate;

/// <summary>Watches regions that have all of their requests on the candidate, beside what the version before showed in the hour before. A rise is settled by a
/// probe: some requests go to the version before again, and both are compared.</summary>
/// <remarks>The reference follows the time of day slowly and never ratchets; an incident ends by time, in the shelter of a small control.</remarks>
internal sealed class RolloutWatch
{
    private const double ProbeShare = 0.5, SecondProbeShare = 0.9, Guard = 1.4, MostDown = 3, MostUp = 10;
    private const double ShelterRequests = 5, LeastControl = 0.05, MostControl = 0.5;
    private const int Recent = 12, RisesBorne = 3;
    private static readonly double IncidentBegins = 4.6, Shown = Math.Log(20);

    /// <summary>A rise of so many nats is a suspicion, and settled by a probe.</summary>
    internal static readonly double Suspicion = Math.Log(20_000);


    private readonly RolloutOptions _options;
    private readonly RegionWatch[] _regions;
    private readonly RecentCount _candidate = new(2 * Recent);
    private readonly RecentCount _control = new(Recent);
    private RolloutReference _reference;
    private double _all;
    private double _firstAll;
    private Cusum _sumOfAll;
    private double _probeSince = double.NaN;
    private double _lastEnd = double.NegativeInfinity;
    private bool _lastWasIncident, _lastWasSecond;
    private int _chain;
    private Cusum _incident;
    private bool _isIncident;
    private RatioBelow _quiet, _whole;
    private EventCount _quietCandidate;
    private double _drifted;

    public RolloutWatch(RolloutPlan plan, RolloutReference reference)
    {
        (_options, _reference) = (plan.Options, reference);
        _regions = [.. reference.Regions.Select(r => new RegionWatch(r.FailureRate))];
        _all = _firstAll = reference.FailureRate;
    }

    public bool Probing => !double.IsNaN(_probeSince);

    public int Probes { get; private set; }

    /// <summary>Something that both versions show goes on; a small control stays until it is over.</summary>
    public bool Sheltering => Array.Exists(_regions, r => r.Sheltered);

    public bool ProbesIn(int region) => _regions[region].Probing;

    public bool SheltersIn(int region) => _regions[region].Sheltered;

    public int ProbesOf(int region) => _regions[region].Probes;

    public double ProbeSince => _probeSince;

    public void Measure(RolloutReference reference) => _reference = reference;

    /// <summary>A region has all of its requests on the candidate now.</summary>
    public void Enter(int region) => _regions[region].Reset();

    /// <summary>A region is taken out, by a suspicion that is settled in another way.</summary>
    public void Leave(int region)
    {
        _regions[region].Probing = _regions[region].Sheltered = false;
        if (!_regions.Any(r => r.Probing)) _probeSince = double.NaN;
    }

    /// <summary>The candidate's share in a shelter: the version before keeps five requests a second, 5 % at least and
    /// half at most.</summary>
    public static double ShelterShare(double requestsPerSecond) =>
        1 - Math.Clamp(ShelterRequests / requestsPerSecond, LeastControl, MostControl);

    /// <summary>One window outside a probe.</summary>
    /// <param name="controlled">A region still runs the version before, and shows an incident: a rise is explained by it.</param>
    /// <returns>Regions that are probed from now on; empty: none.</returns>
    public IReadOnlyList<int> Look(RolloutWindow window, IReadOnlyList<RegionTrack> tracks, double at, bool watching, bool controlled)
    {
        var (all, rose, sheltered) = (default(EventCount), new List<int>(), false);
        for (var r = 0; r < _regions.Length; r++)
        {
            var (track, seen, region) = (tracks[r], window.Regions[r], _regions[r]);
            if (!track.Full || !track.Steady || seen.Missing is not null || seen.CandidateDeaths > 0) continue;
            if (region.Sheltered)
            {
                if (region.IsCalm(seen, _reference.Regions[r].For)) Leave(r, track);
                else sheltered = true;
                continue;
            }

            var count = seen.CandidateCount;
            if (count.Exposures == 0) continue;
            region.Add(seen, count, _reference.Regions[r]);
            all = all.Plus(count);
            if (region.HasRisen(Suspicion)) rose.Add(r);
        }

        Drift(window.Seconds);
        if (all.Exposures == 0) return [];
        if (watching && !sheltered) _sumOfAll = _sumOfAll.Add(RateRise.OfErrors, all, _all, _reference.Dispersion);
        var everywhere = watching && _sumOfAll.LogValue >= Suspicion;
        if (rose.Count == 0 && !everywhere) return [];
        if (controlled)
        {
            foreach (var region in _regions) region.Reset();
            return [];
        }

        return Probe([.. Enumerable.Range(0, _regions.Length).Where(r => tracks[r] is { Full: true, Old: > 0 } && !_regions[r].Sheltered && (everywhere || rose.Count > 1 || rose.Contains(r)))], tracks, at);
    }

    /// <summary>One window of a probe.</summary>
    /// <param name="merged">The evidence against the candidate.</param>
    /// <returns>Why a person is asked; null: nobody is.</returns>
    public string? Settle(RolloutWindow window, IReadOnlyList<RegionTrack> tracks, double at, double merged)
    {
        var (candidate, running, died) = (default(EventCount), default(EventCount), false);
        var (events, weight) = (0.0, 0.0);
        for (var r = 0; r < _regions.Length; r++)
        {
            if (!_regions[r].Probing || window.Regions[r].Missing is not null) continue;
            candidate = candidate.Plus(window.Regions[r].CandidateCount);
            running = running.Plus(window.Regions[r].RunningCount);
            died |= window.Regions[r].CandidateDeaths + window.Regions[r].RunningDeaths > 0;
            events += _regions[r].Reference * tracks[r].RequestsPerSecond;
            weight += tracks[r].RequestsPerSecond;
        }

        if (died || weight <= 0) return null;

        var (reference, dispersion, lasted) = (events / weight, _reference.Dispersion, at - _probeSince);
        _candidate.Add(candidate);
        _control.Add(running);
        _incident = _incident.Add(RateRise.OfIncident, running, reference, dispersion);
        if (_incident.LogValue >= IncidentBegins) _isIncident = true;
        if (_isIncident && _control.IsCalm(reference, dispersion)) (_isIncident, _incident) = (false, default);
        Compare(window);

        var most = _options.ProbeTime.TotalSeconds * 10;
        if (merged >= 10) return lasted >= 3 * most ? "a probe does not decide: the new version may be worse, and it is not certain" : null;
        if (lasted < _options.ProbeTime.TotalSeconds) return null;

        var shown = _quietCandidate.Exposures > 0 && _options.Margin.Evidence(_quiet, _quietCandidate, dispersion) >= Shown;
        var alike = _isIncident && _whole.LogValue >= Shown;
        var gone = lasted >= 2 * _options.ProbeTime.TotalSeconds && _candidate.IsCalm(reference, dispersion) && !_isIncident;
        return shown || alike || gone || lasted >= most ? End(tracks, at, reference, dispersion) : null;
    }

    private List<int> Probe(List<int> regions, IReadOnlyList<RegionTrack> tracks, double at)
    {
        if (regions.Count == 0) return regions;

        var dwell = _options.ProbeTime.TotalSeconds;
        var second = at - _lastEnd < 30 * dwell && !_lastWasIncident && !_lastWasSecond;
        _lastWasSecond = second;
        _chain = at - _lastEnd <= 2 * dwell && !_lastWasIncident ? _chain + 1 : 0;
        Probes++;
        foreach (var r in regions)
        {
            (_regions[r].Probing, _regions[r].Probes) = (true, _regions[r].Probes + 1);
            _regions[r].Control = default;
            tracks[r].Share = second ? SecondProbeShare : ProbeShare; // a fault may need load
            tracks[r].WarmAt = Math.Min(tracks[r].WarmAt, at);
        }

        (_probeSince, _isIncident, _incident) = (at, false, default);
        (_quiet, _whole, _quietCandidate) = (default, default, default);
        _candidate.Clear();
        _control.Clear();
        return regions;
    }

    private void Compare(RolloutWindow window)
    {
        for (var r = 0; r < _regions.Length; r++)
        {
            var seen = window.Regions[r];
            if (!_regions[r].Probing || seen.Missing is not null) continue;

            var (mine, theirs) = (seen.CandidateCount, seen.RunningCount);
            var counts = new PairedCounts(mine.Exposures, theirs.Exposures, mine.Events, theirs.Events);
            var dispersion = _reference.Regions[r].For;
            _whole = _whole.Add(counts, _options.Margin.Margin, HarmMargin.Alike, HarmMargin.Better, dispersion);
            if (_isIncident) continue;
            _quiet = _quiet.Add(counts, _options.Margin.Margin, HarmMargin.Alike, HarmMargin.Better, dispersion);
            _quietCandidate = _quietCandidate.Plus(mine);
            _regions[r].Control = _regions[r].Control.Plus(theirs);
        }
    }

    private string? End(IReadOnlyList<RegionTrack> tracks, double at, double reference, double dispersion)
    {
        var incident = _lastWasIncident = _isIncident;
        var control = default(EventCount);
        foreach (var region in _regions.Where(r => r.Probing)) control = control.Plus(region.Control);
        var usual = Guard * reference * control.Exposures;
        if (control.Events >= usual + (2 * Math.Sqrt(usual * dispersion)) && control.Events >= 3) (_chain, _lastWasIncident) = (0, true); // the running version is raised too
        if (!incident && _chain >= RisesBorne) return "a rise comes back whenever all requests go to the new version, and goes with fewer: a fault that needs load, or something else";

        var (events, weight) = (0.0, 0.0);
        for (var r = 0; r < _regions.Length; r++)
        {
            var (region, track) = (_regions[r], tracks[r]);
            if (region.Probing)
            {
                region.End(incident);
                track.Share = incident ? ShelterShare(track.RequestsPerSecond) : 1;
            }

            if (track.Full) region.Restart();
            events += region.Reference * track.RequestsPerSecond;
            weight += track.RequestsPerSecond;
        }

        (_all, _sumOfAll, _probeSince, _lastEnd) = (events / weight, default, double.NaN, at);
        return null;
    }

    private void Leave(int r, RegionTrack track)
    {
        _regions[r].Sheltered = false;
        _regions[r].Restart();
        _sumOfAll = default;
        track.Share = 1;
    }

    /// <summary>The time of day: each ten minutes the reference may move by 3 %, within a third and ten times of what it was at first.</summary>
    private void Drift(double seconds)
    {
        _drifted += seconds;
        if (_drifted < 600) return;

        _drifted = 0;
        var (events, weight) = (0.0, 0.0);
        for (var r = 0; r < _regions.Length; r++)
        {
            _regions[r].Drift();
            events += _regions[r].Reference * _reference.Regions[r].RequestsPerSecond;
            weight += _reference.Regions[r].RequestsPerSecond;
        }

        if (weight > 0) _all = Math.Clamp(events / weight, _firstAll / MostDown, _firstAll * MostUp);
    }

    /// <summary>One region under all of its requests.</summary>
    private sealed class RegionWatch
    {
        private readonly Dictionary<string, Cusum> _without = new(StringComparer.Ordinal);
        private readonly RecentCount _both = new(Recent);
        private Cusum _sum;
        private WatchReference _reference;
        private EventCount _drift;
        private int _calm;

        public RegionWatch(double first) => _reference = new(first, first);

        public double Reference => _reference.Now;

        public bool Probing { get; set; }

        public bool Sheltered { get; set; }

        public int Probes { get; set; }

        public EventCount Control { get; set; }

        public void Add(RegionWindow seen, EventCount count, RegionReference reference)
        {
            _sum = _sum.Add(RateRise.OfErrors, count, Reference, reference.For);
            _drift = _drift.Plus(count);
            foreach (var one in seen.Candidate)
            {
                var others = new EventCount(count.Events - one.Failures, count.Exposures - one.Requests);
                _without[one.Instance] = _without.GetValueOrDefault(one.Instance).Add(RateRise.OfErrors, others, Reference, reference.For);
            }
        }

        /// <summary>Without any one instance the rise must be half as certain: what hits one instance is no rise of the version.</summary>
        public bool HasRisen(double suspicion)
        {
            if (_sum.LogValue < suspicion) return false;
            foreach (var sum in _without.Values)
            {
                if (sum.LogValue < suspicion / 2) return _without.Count == 1;
            }

            return true;
        }

        public bool IsCalm(RegionWindow seen, double dispersion)
        {
            _both.Add(seen.CandidateCount.Plus(seen.RunningCount));
            return ++_calm >= Recent && _both.IsCalm(Reference, dispersion);
        }

        public void Drift()
        {
            _reference = _reference.Drifted(_drift);
            _drift = default;
        }

        /// <summary>A probe is over. The reference goes where the version before is, at most threefold.</summary>
        public void End(bool incident)
        {
            Probing = false;
            Sheltered = incident;
            _calm = 0;
            _both.Clear();
            if (!incident) _reference = _reference.AfterProbe(Control);
        }

        public void Restart()
        {
            _sum = default;
            _without.Clear();
        }

        public void Reset()
        {
            Restart();
            _drift = default;
        }
    }
}
