namespace Tidegate;

/// <summary>How much more the counts of one version's instances vary from window to window than independent events would.</summary>
/// <remarks>
/// The dispersion of <see cref="DispersionEstimate"/> with two things taken out that are no bursts: instances that took more requests than
/// others, and instances that fail a little more often all the time. Each window's events are expected to fall on the instances by requests
/// and by the instance's own rate; φ = Σ(e − expected)² / Σ expected·(1 − share), with the windows' I/(I − 1) for the rates that were fitted.
/// </remarks>
internal static class SplitDispersion
{
    /// <returns>At least 1; 1 as well when there were fewer than <see cref="DispersionEstimate.EventsNeeded"/> events.</returns>
    public static double Of(IReadOnlyList<SplitWindow> windows, Func<InstanceCounts, EventCount> count)
    {
        var rates = InstanceSpread.Totals(windows, count).ToDictionary(i => i.Key, i => i.Value.Rate, StringComparer.Ordinal);
        var (squares, expectedSquares, events, informative) = (0.0, 0.0, 0L, 0);
        foreach (var window in windows)
        {
            var seen = window.Instances.Select(i => (Count: count(i.Value), Weight: count(i.Value).Exposures * rates[i.Key])).ToList();
            var (total, weight) = (seen.Sum(s => s.Count.Events), seen.Sum(s => s.Weight));
            if (total == 0) continue;

            foreach (var (one, own) in seen)
            {
                var share = own / weight;
                squares += (one.Events - (total * share)) * (one.Events - (total * share));
                expectedSquares += total * share * (1 - share);
            }

            (events, informative) = (events + total, informative + 1);
        }

        if (events < DispersionEstimate.EventsNeeded || informative < 2 || expectedSquares <= 0) return 1;
        return Math.Max(1, squares / expectedSquares * informative / (informative - 1));
    }
}
