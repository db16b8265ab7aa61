namespace Tidegate;

/// <summary>Is something wrong that no version causes? The version before fails more than in the hour before, in a region or in all of them.</summary>
/// <remarks>An incident freezes what speaks for the candidate, never what speaks against it: there it cancels by itself.</remarks>
internal sealed class RolloutIncidents
{
    private const double Begins = 4.6;
    private const int Windows = 12;

    private readonly Sign _all = new();
    private readonly Sign[] _regions;

    public RolloutIncidents(int regions) => _regions = [.. Enumerable.Range(0, regions).Select(_ => new Sign())];

    /// <summary>Somebody else saw it: a shared dependency is down, for example.</summary>
    public string? Seen { get; private set; }

    public bool Everywhere => _all.On || Seen is not null;

    public bool In(int region) => _regions[region].On;

    public bool Anywhere => Everywhere || Array.Exists(_regions, r => r.On);

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
    }

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
