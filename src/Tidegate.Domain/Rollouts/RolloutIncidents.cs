namespace Tidegate;

/// <summary>Is something wrong that no version causes? The version before fails more than in the hour before, in a region
/// or in all of them; or both versions are beyond a declared limit.</summary>
/// <remarks>An incident freezes what speaks for the candidate, never what speaks against it: there it cancels by itself.</remarks>
internal sealed class RolloutIncidents
{
    private const double Begins = 4.6;
    private const int Windows = 12;

    private readonly Sign _all = new();
    private readonly Sign[] _regions;

    private readonly BothBeyond[] _failures; // of all regions first, then one by one; empty without a limit
    private readonly BothBeyond[] _slow;

    public RolloutIncidents(int regions, RolloutLimit? failures = null, RolloutLimit? slow = null)
    {
        _regions = [.. Enumerable.Range(0, regions).Select(_ => new Sign())];
        (_failures, _slow) = (Of(failures), Of(slow));

        BothBeyond[] Of(RolloutLimit? limit) =>
            limit is null ? [] : [.. Enumerable.Range(0, regions + 1).Select(_ => new BothBeyond(limit))];
    }

    /// <summary>Somebody else saw it: a shared dependency is down, for example.</summary>
    public string? Seen { get; private set; }

    /// <summary>Which limit both versions are beyond, in words; null: none.</summary>
    public string? Beyond => _failures.Concat(_slow).FirstOrDefault(b => b.On)?.Words;

    public bool Everywhere => _all.On || Seen is not null || IsOn(_failures, 0) || IsOn(_slow, 0);

    public bool In(int region) => _regions[region].On || IsOn(_failures, region + 1) || IsOn(_slow, region + 1);

    public bool Anywhere => Everywhere || Enumerable.Range(0, _regions.Length).Any(In);

    public void Add(RolloutWindow window, RolloutReference reference)
    {
        Seen = window.Incident;
        var all = default(EventCount);
        for (var r = 0; r < _regions.Length; r++)
        {
            var region = window.Regions[r];
            var count = region.RunningCount;
            if (region.Missing is not null || count.Exposures == 0) continue;
            all = all.Plus(count);
            if (region.RunningDeaths == 0) _regions[r].Add(count, reference.Regions[r].FailureRate, reference.Regions[r].For);
        }

        if (all.Exposures == 0) _all.End(); // nobody is left to tell
        else _all.Add(all, reference.FailureRate, reference.Dispersion);
        if (_failures.Length > 0) AddFailures(window, reference);
        if (_slow.Length > 0) AddSlow(window, reference);
    }

    private void AddFailures(RolloutWindow window, RolloutReference reference)
    {
        var (mine, theirs) = (default(EventCount), default(EventCount));
        for (var r = 0; r < _regions.Length; r++)
        {
            var region = window.Regions[r];
            if (region.Missing is not null) continue;
            var (candidate, running) = (region.CandidateCount, region.RunningCount);
            (mine, theirs) = (mine.Plus(candidate), theirs.Plus(running));
            _failures[r + 1].Add(candidate, running, reference.Regions[r].FailureRate, reference.Regions[r].For);
        }

        _failures[0].Add(mine, theirs, reference.FailureRate, reference.Dispersion);
    }

    /// <summary>What was not timed in the hour before cannot be told from what is usual, and is no sign.</summary>
    private void AddSlow(RolloutWindow window, RolloutReference reference)
    {
        var dispersion = reference.SlowDispersion.DefaultIfEmpty(1).Max();
        var (mine, theirs, usual) = (default(EventCount), default(EventCount), default(EventCount));
        for (var r = 0; r < _regions.Length; r++)
        {
            var region = window.Regions[r];
            if (region.Missing is not null || region.Slow is not { Count: > 3 } slow) continue;
            if (reference.Regions[r].BeyondLimit is not { } before) continue;

            var candidate = new EventCount(slow[3][0], region.CandidateCount.Exposures);
            var running = new EventCount(slow[3][3], region.RunningCount.Exposures);
            (mine, theirs, usual) = (mine.Plus(candidate), theirs.Plus(running), usual.Plus(before));
            _slow[r + 1].Add(candidate, running, before.Rate, dispersion);
        }

        _slow[0].Add(mine, theirs, usual.Rate, dispersion);
    }

    private static bool IsOn(BothBeyond[] signs, int at) => signs.Length > 0 && signs[at].On;

    private sealed class Sign
    {
        private readonly RecentCount _recent = new(Windows);
        private Cusum _sum;

        public bool On { get; private set; }

        public void Add(EventCount count, double reference, double dispersion)
        {
            _sum = _sum.Add(RateRise.OfIncident, count, reference, dispersion);
            _recent.Add(count);
            if (_sum.LogValue >= Begins) On = true;
            if (On && _recent.IsCalm(reference, dispersion)) End();
        }

        public void End()
        {
            On = false;
            _sum = default;
        }
    }
}
