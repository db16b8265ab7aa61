namespace Tidegate.ReleaseBenchmark.Policies;

/// <summary>A rule that looks at the candidate's own numbers and a clock; its state in one ramp.</summary>
internal abstract class RivalRule
{
    public double Share { get; protected set; }

    public bool RolledBack { get; protected set; }

    /// <summary>It no longer looks.</summary>
    public bool Done { get; protected set; }

    /// <param name="at">Seconds since the ramp began, at the end of a window of 5 s.</param>
    public abstract void Observe(double at, CandidateCounts counts);
}

/// <summary>What the candidate reported in a window.</summary>
internal readonly record struct CandidateCounts(long Requests, long Failed, long Slow)
{
    public double FailureRate => Failed / (double)Requests;

    /// <summary>More than one request in a hundred took longer than half a second.</summary>
    public bool P99AboveLimit => Slow > 0.01 * Requests;

    public static CandidateCounts operator +(CandidateCounts a, CandidateCounts b) =>
        new(a.Requests + b.Requests, a.Failed + b.Failed, a.Slow + b.Slow);

    public static CandidateCounts operator -(CandidateCounts a, CandidateCounts b) =>
        new(a.Requests - b.Requests, a.Failed - b.Failed, a.Slow - b.Slow);
}
