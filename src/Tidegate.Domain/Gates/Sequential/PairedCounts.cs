namespace Tidegate;

/// <summary>What candidate and baseline did over the same seconds: requests of each, and how many of them were events.</summary>
/// <remarks>An event is whatever is counted as bad: a failed request, or one slower than an edge.</remarks>
/// <param name="Candidate">Requests that the version being released answered.</param>
/// <param name="Baseline">Requests that the version running now answered.</param>
/// <param name="CandidateEvents">Of the candidate's requests.</param>
/// <param name="BaselineEvents">Of the baseline's requests.</param>
public readonly record struct PairedCounts(long Candidate, long Baseline, long CandidateEvents, long BaselineEvents)
{
    /// <summary>Requests of both arms.</summary>
    public long Requests => Candidate + Baseline;

    public long Events => CandidateEvents + BaselineEvents;

    /// <summary>Both arms answered something: only then can they be compared.</summary>
    public bool Comparable => Candidate > 0 && Baseline > 0;

    public static PairedCounts operator +(PairedCounts left, PairedCounts right) => new(
        left.Candidate + right.Candidate,
        left.Baseline + right.Baseline,
        left.CandidateEvents + right.CandidateEvents,
        left.BaselineEvents + right.BaselineEvents);

    public static PairedCounts Add(PairedCounts left, PairedCounts right) => left + right;
}
