namespace Tidegate;

/// <summary>Failures of both versions in one region, zone by zone, until they are enough to be compared.</summary>
/// <remarks>When a window closes depends on requests alone, never on failures: that keeps the evidence valid.</remarks>
public sealed class FailureCells(int zones)
{
    /// <summary>Requests of both versions that close a window.</summary>
    public const int RequestsToClose = 10;

    private readonly ZoneCells[] _zones = new ZoneCells[zones];

    public void AddCandidate(int zone, long requests, long failures) => _zones[zone].AddCandidate(requests, failures);

    public void AddRunning(int zone, long requests, long failures) => _zones[zone].AddRunning(requests, failures);

    public void Clear()
    {
        for (var z = 0; z < _zones.Length; z++) _zones[z].Clear();
    }

    /// <summary>Zones in which both versions had requests have enough of them together.</summary>
    public bool Closes
    {
        get
        {
            var (requests, comparable) = (0.0, false);
            foreach (ref readonly var zone in _zones.AsSpan())
            {
                if (!zone.Comparable) continue;
                requests += zone.Requests;
                comparable = true;
            }

            return comparable && requests >= RequestsToClose;
        }
    }

    /// <summary>Anything failed where both can be compared.</summary>
    public bool Failed
    {
        get
        {
            foreach (ref readonly var zone in _zones.AsSpan())
            {
                if (zone.Comparable && zone.Failures > 0) return true;
            }

            return false;
        }
    }

    /// <summary>ln of the likelihood ratios by counts: zones are strata, so what hits a zone hits both versions alike.</summary>
    /// <param name="tempering">Divides, and caps what one window may say, after the sum over the zones.</param>
    public void Counts(RateRatio question, Tempering tempering, double lift, Span<double> logs)
    {
        foreach (ref readonly var zone in _zones.AsSpan())
        {
            if (zone.Comparable) question.Add(lift * zone.CandidateRequests, zone.RunningRequests, zone.CandidateFailures, zone.RunningFailures, logs);
        }

        for (var k = 0; k < question.Alternatives.Length; k++) logs[k] = tempering.Apply(logs[k]);
    }

    /// <summary>ln of the likelihood ratios by cells that were hit.</summary>
    public void Hits(RateRatio question, double dispersion, double hitRate, double lift, Span<double> logs)
    {
        foreach (ref readonly var zone in _zones.AsSpan()) HitCells.Add(question, zone, hitRate, lift, logs);
        for (var k = 0; k < question.Alternatives.Length; k++) logs[k] /= dispersion;
    }
}
