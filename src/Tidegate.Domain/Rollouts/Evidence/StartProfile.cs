namespace Tidegate;

/// <summary>How much more often a young instance fails, or is slow, than one that has run for long: learnt from
/// releases that stayed.</summary>
/// <remarks>
/// A cold start is no fault of the release, if the starts before were as cold. One bin for each age; a later bin never
/// excuses more than an earlier one.
/// It cannot grow from release to release: the least of the last three counts.
/// </remarks>
/// <param name="Failures">By bin of <see cref="StartAges"/>: at least 1.</param>
/// <param name="Slow99">The same, beyond the 99th percentile's edge, and so on.</param>
public sealed record StartProfile(
    IReadOnlyList<double> Failures, IReadOnlyList<double> Slow99, IReadOnlyList<double> Slow90,
    IReadOnlyList<double> Slow50)
{
    /// <summary>As many releases are remembered.</summary>
    public const int Remembered = 3;

    /// <summary>What one release has shown, bin by bin.</summary>
    public static StartProfile Of(StartRecord record) =>
        new(Lifts(record.Failures), Lifts(record.Slow99), Lifts(record.Slow90), Lifts(record.Slow50));

    /// <summary>The least of the newest three, bin by bin; null: there was none, and nothing is known.</summary>
    /// <param name="profiles">Newest last.</param>
    public static StartProfile? Least(IReadOnlyList<StartProfile> profiles)
    {
        var last = profiles.TakeLast(Remembered).ToList();
        return last.Count == 0 ? null : new(
            Least(last, p => p.Failures), Least(last, p => p.Slow99), Least(last, p => p.Slow90),
            Least(last, p => p.Slow50));
    }

    /// <param name="age">Of the candidate's youngest instance in the region.</param>
    public StartLift At(TimeSpan age) =>
        StartAges.LookUp(age) is { } bin ? new(Failures[bin], Slow99[bin], Slow90[bin], Slow50[bin]) : StartLift.None;

    /// <summary>For each bin the ratio that a start is allowed; 1 where it is not certain that there is more.</summary>
    internal static double[] Lifts(IReadOnlyList<PairedCounts> bins)
    {
        var lifts = new double[bins.Count];
        var later = 1.0;
        for (var i = bins.Count - 1; i >= 0; i--) lifts[i] = later = Math.Max(later, Lift(bins[i]));
        return lifts;
    }

    private static double Lift(in PairedCounts bin)
    {
        var mine = (bin.CandidateEvents + 0.5) / Math.Max(1, bin.Candidate);
        var theirs = (bin.BaselineEvents + 0.5) / Math.Max(1, bin.Baseline);
        var deviation = Math.Sqrt((1 / (bin.CandidateEvents + 1.0)) + (1 / (bin.BaselineEvents + 1.0)));
        var ratio = mine / theirs;
        return ratio * Math.Exp(-2 * deviation) > 1 ? ratio * Math.Exp(deviation) : 1;
    }

    private static double[] Least(List<StartProfile> profiles, Func<StartProfile, IReadOnlyList<double>> of) =>
        [.. Enumerable.Range(0, StartAges.Count).Select(bin => profiles.Min(p => of(p)[bin]))];
}
