namespace Tidegate;

/// <summary>How much the instances of one version differ from each other in their failure rate, beyond what counting explains.</summary>
/// <param name="Estimate">Standard deviation of the rates relative to their mean; 0: no difference was seen.</param>
/// <param name="AtLeast">Lower end of its 90 % interval.</param>
/// <param name="AtMost">Upper end; with few events or few instances far above the estimate, infinite when nothing is known.</param>
public readonly record struct InstanceSpread(double Estimate, double AtLeast, double AtMost)
{
    /// <summary>Nothing failed, or there was one instance only.</summary>
    public static InstanceSpread Unknown { get; } = new(0, 0, double.PositiveInfinity);

    /// <param name="instances">Events and requests of each instance over the same time.</param>
    /// <param name="dispersion">φ: what counting explains is φ times what independent events would show.</param>
    public static InstanceSpread From(IReadOnlyList<EventCount> instances, double dispersion)
    {
        var seen = instances.Where(i => i.Exposures > 0).ToList();
        var (events, requests, freedom) = (seen.Sum(i => i.Events), seen.Sum(i => i.Exposures), seen.Count - 1);
        if (freedom < 1 || events == 0) return Unknown;

        // Weighted by requests: an instance that took few tells little. J/(J − 1), since the mean is theirs too.
        var rate = events / (double)requests;
        var seenVariance = seen.Sum(i => i.Exposures * Square((i.Rate / rate) - 1)) / requests * seen.Count / freedom;
        var counting = dispersion * seen.Count / events;
        return new(
            Beyond(seenVariance),
            Beyond(seenVariance * freedom / ChiSquare.Quantile(0.95, freedom)),
            Beyond(Math.Max(seenVariance, counting) * freedom / ChiSquare.Quantile(0.05, freedom)));

        double Beyond(double variance) => Math.Sqrt(Math.Max(0, variance - counting));
    }

    /// <summary>Each instance over all windows.</summary>
    internal static IReadOnlyDictionary<string, EventCount> Totals(IReadOnlyList<SplitWindow> windows, Func<InstanceCounts, EventCount> count) => windows
        .SelectMany(w => w.Instances)
        .GroupBy(i => i.Key, i => count(i.Value), StringComparer.Ordinal)
        .ToDictionary(i => i.Key, i => i.Aggregate(default(EventCount), (a, b) => a.Plus(b)), StringComparer.Ordinal);

    private static double Square(double x) => x * x;
}
