namespace Tidegate;

/// <summary>The share of the candidate's newest requests that failed, in each region and in all: it tells an outage, where no time is to be lost.</summary>
internal sealed class FailingShare(int regions)
{
    private const double Kept = 0.7, Enough = 10;

    private readonly double[] _failures = new double[regions + 1];
    private readonly double[] _requests = new double[regions + 1];
    private readonly double[] _shares = new double[regions + 1];

    /// <param name="region">−1: all.</param>
    public (double Share, double Failures) In(int region)
    {
        var at = region < 0 ? regions : region;
        return (_shares[at], _failures[at]);
    }

    public void Add(RolloutWindow window, Func<int, bool> counts)
    {
        var all = default(EventCount);
        for (var r = 0; r < regions; r++)
        {
            var count = counts(r) ? window.Regions[r].CandidateCount : default;
            all = all.Plus(count);
            Add(r, count);
        }

        Add(regions, all);
    }

    private void Add(int at, EventCount count)
    {
        _failures[at] = (Kept * _failures[at]) + count.Events;
        _requests[at] = (Kept * _requests[at]) + count.Exposures;
        _shares[at] = Math.Max(_requests[at] > 0 ? _failures[at] / _requests[at] : 0, count.Events >= Enough ? count.Rate : 0);
    }
}
