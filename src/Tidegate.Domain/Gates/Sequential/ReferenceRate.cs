namespace Tidegate;

/// <summary>The usual share of events in the hour before a release, without the minutes of an incident.</summary>
/// <remarks>A minute that shows more than four times the usual, and ten events more, is an incident: taken in, it would blind the watch.</remarks>
public static class ReferenceRate
{
    private const double Worth = 1000, Events = 1;

    /// <param name="minutes">Events and requests of each minute.</param>
    /// <returns>Above 0, however quiet the hour: one event in a thousand requests is added, as a weak prior.</returns>
    public static double From(IReadOnlyList<EventCount> minutes)
    {
        var rates = minutes.Where(m => m.Exposures > 0).OrderBy(m => m.Rate).ToList();
        if (rates.Count == 0) return Events / Worth;

        // With few events a median says nothing; then the quieter three quarters do, and again nothing but an incident is left out.
        var median = rates[rates.Count / 2];
        var usual = median.Events >= 5 ? median.Rate : Mean(rates.Take((3 * rates.Count / 4) + 1));
        return Mean(rates.Where(m => m.Events <= (4 * usual * m.Exposures) + 10));
    }

    private static double Mean(IEnumerable<EventCount> minutes)
    {
        var sum = minutes.Aggregate(default(EventCount), (a, b) => a.Plus(b));
        return (sum.Events + Events) / (sum.Exposures + Worth);
    }
}
