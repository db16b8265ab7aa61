namespace Tidegate;

/// <summary>What one zone of a region showed since its window began: a cell is one instance in one window of looks, if it had a request.</summary>
public struct ZoneCells
{
    private List<double>? _rates;

    public double CandidateRequests { get; private set; }

    public double RunningRequests { get; private set; }

    public double CandidateFailures { get; private set; }

    public double RunningFailures { get; private set; }

    public int CandidateCells { get; private set; }

    public int RunningCells { get; private set; }

    public int CandidateHits { get; private set; }

    public int RunningHits { get; private set; }

    /// <summary>Failure rates of the running cells that were hit.</summary>
    public readonly IReadOnlyList<double> RunningRates => _rates ?? (IReadOnlyList<double>)[];

    /// <summary>Both versions had a request here, so the zone can be compared.</summary>
    public readonly bool Comparable => CandidateCells > 0 && RunningCells > 0;

    public readonly double Requests => CandidateRequests + RunningRequests;

    public readonly double Failures => CandidateFailures + RunningFailures;

    public void AddCandidate(long requests, long failures)
    {
        if (requests <= 0) return;
        CandidateRequests += requests;
        CandidateFailures += failures;
        CandidateCells++;
        if (failures > 0) CandidateHits++;
    }

    public void AddRunning(long requests, long failures)
    {
        if (requests <= 0) return;
        RunningRequests += requests;
        RunningFailures += failures;
        RunningCells++;
        if (failures == 0) return;
        RunningHits++;
        (_rates ??= []).Add(failures / (double)requests);
    }

    public void Clear()
    {
        var rates = _rates;
        rates?.Clear();
        this = default;
        _rates = rates;
    }
}
