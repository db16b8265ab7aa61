namespace Tidegate;

/// <summary>What a release shows while its instances are young: both versions' requests and events, by the age of the
/// youngest instance.</summary>
/// <param name="Failures">By bin of <see cref="StartAges"/>.</param>
/// <param name="Slow99">Beyond the 99th percentile's edge, and so on.</param>
public sealed record StartRecord(
    IReadOnlyList<PairedCounts> Failures, IReadOnlyList<PairedCounts> Slow99, IReadOnlyList<PairedCounts> Slow90,
    IReadOnlyList<PairedCounts> Slow50)
{
    public static StartRecord Empty { get; } = new(None, None, None, None);

    private static PairedCounts[] None => new PairedCounts[StartAges.Count];

    /// <summary>One region's window in which both versions took requests.</summary>
    /// <param name="age">Of the candidate's youngest instance there.</param>
    public StartRecord Add(TimeSpan age, RegionWindow window)
    {
        if (StartAges.Bin(age) is not { } bin) return this;

        var (mine, theirs) = (window.CandidateCount, window.RunningCount);
        if (mine.Exposures == 0 || theirs.Exposures == 0) return this;

        return new(
            With(Failures, bin, new(mine.Exposures, theirs.Exposures, mine.Events, theirs.Events)),
            Slow(Slow99, 0),
            Slow(Slow90, 1),
            Slow(Slow50, 2));

        IReadOnlyList<PairedCounts> Slow(IReadOnlyList<PairedCounts> bins, int q) =>
            window.Slow is { } slow && q < slow.Count
                ? With(bins, bin, new(mine.Exposures, theirs.Exposures, slow[q][0], slow[q][3]))
                : bins;
    }

    private static PairedCounts[] With(IReadOnlyList<PairedCounts> bins, int bin, PairedCounts counts)
    {
        PairedCounts[] next = [.. bins];
        next[bin] += counts;
        return next;
    }
}
