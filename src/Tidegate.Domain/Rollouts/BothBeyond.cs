namespace Tidegate;

/// <summary>Both versions are beyond a declared limit: then no version is the cause, and nothing that speaks for the
/// candidate counts meanwhile.</summary>
/// <remarks>Where the running version was beyond the limit already, what is usual takes the limit's place: only more than
/// that is an incident.</remarks>
internal sealed class BothBeyond(RolloutLimit limit)
{
    private const double Begins = 4.6;
    private const int Windows = 12;

    /// <summary>From one and a half times the limit on. The largest is a flood.</summary>
    private static readonly RateRise Rise = new(1, 2, 5, 20, Cap: 8);

    private readonly Side _candidate = new();
    private readonly Side _running = new();

    public bool On => _candidate.On && _running.On;

    /// <summary>For people.</summary>
    public string Words =>
        FormattableString.Invariant($"both versions are beyond {limit.Signal}'s atMost of {limit.AtMost:0.##%}");

    /// <param name="usual">The running version's share in the hour before.</param>
    public void Add(EventCount candidate, EventCount running, double usual, double dispersion)
    {
        if (running.Exposures == 0)
        {
            // Nobody is left to tell.
            _candidate.End();
            _running.End();
            return;
        }

        var borne = Math.Max(limit.AtMost, usual);
        _candidate.Add(candidate, borne, dispersion);
        _running.Add(running, borne, dispersion);
    }

    private sealed class Side
    {
        private readonly RecentCount _recent = new(Windows);
        private Cusum _sum;

        public bool On { get; private set; }

        public void Add(EventCount count, double borne, double dispersion)
        {
            _sum = _sum.Add(Rise, count, borne, dispersion);
            _recent.Add(count);
            if (_sum.LogValue >= Begins) On = true;
            if (On && _recent.Sum.Events <= (borne * _recent.Sum.Exposures) + (2 * dispersion)) End();
        }

        public void End()
        {
            On = false;
            _sum = default;
        }
    }
}
