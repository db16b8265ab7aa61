namespace Tidegate;

/// <summary>Windows too small to be compared wait until both versions have answered something, and ten requests
/// together: what speaks for a
/// candidate pools as what speaks against it does (<see cref="EvidenceStream"/>).</summary>
/// <remarks>Skipping them instead lost 86 % of the windows at 0.2 requests/s. Forgotten whenever the weight changes,
/// for the same reason.</remarks>
/// <param name="Failures">Failed requests.</param>
/// <param name="Slow99">Slow requests at the 99th percentile.</param>
/// <param name="Slow50">At the median.</param>
public readonly record struct WaitingCounts(PairedCounts Failures, PairedCounts Slow99, PairedCounts Slow50)
{
    public bool Closes => Failures.Comparable && Failures.Requests >= EvidenceStream.RequestsToClose;

    /// <summary>What can be compared now, which is nothing while it waits; and what waits on.</summary>
    internal (WaitingCounts Closed, WaitingCounts Waiting) Add(
        PairedCounts failures, PairedCounts slow99, PairedCounts slow50)
    {
        var next = new WaitingCounts(Failures + failures, Slow99 + slow99, Slow50 + slow50);
        return next.Closes ? (next, default) : (default, next);
    }
}
