namespace Tidegate;

/// <summary>The failure rate that a region under all of its requests is held beside: it follows the time of day
/// slowly, and never ratchets.</summary>
/// <param name="First">Of the hour before the release.</param>
/// <param name="Now">Within a third and ten times of the first.</param>
public readonly record struct WatchReference(double First, double Now)
{
    private const double DriftShare = 0.03, MostDown = 3, MostUp = 10, Worth = 10;

    /// <summary>After ten minutes: it may move by 3 %.</summary>
    public WatchReference Drifted(EventCount candidate) =>
        Moved(candidate, Now * (1 - DriftShare), Now * (1 + DriftShare));

    /// <summary>After a probe that found no incident: to where the version before is, at most threefold.</summary>
    public WatchReference AfterProbe(EventCount running) => Moved(running, Now / MostDown, Now * MostDown);

    /// <summary>A mean of regions stays within the same bounds.</summary>
    public WatchReference At(double rate) => this with { Now = Math.Clamp(rate, First / MostDown, First * MostUp) };

    private WatchReference Moved(EventCount seen, double least, double most)
    {
        var rate = (seen.Events + Worth) / (seen.Exposures + (Worth / Now));
        return At(Math.Clamp(rate, least, most));
    }
}
