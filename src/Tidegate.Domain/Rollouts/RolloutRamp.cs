namespace Tidegate;

/// <summary>How fast shares may grow: no more failed requests are risked than the harm budget, in each region and in
/// all of them together.</summary>
public static class RolloutRamp
{
    private const long CheapAnswers = 10;

    /// <summary>Requests a second that may be risked at this failure rate until a rollback has its effect.</summary>
    public static double Risked(RolloutOptions options, double rate) =>
        options.HarmBudget / (Math.Max(rate, 1e-9) * options.Reaction.TotalSeconds);

    /// <summary>The share that a region begins with.</summary>
    /// <param name="bound">The service's failure rate that is not ruled out.</param>
    public static double First(RolloutOptions options, in RampRegion region, double bound)
    {
        var share = Risked(options, Math.Max(bound, region.Bound)) / region.RequestsPerSecond;
        return Math.Min(region.Most, Math.Max(options.FirstShare, share));
    }

    /// <summary>With all of its requests on the candidate, the region risks no more than the harm budget; and it has
    /// answered a little.</summary>
    public static bool IsCheap(RolloutOptions options, in RampRegion region) =>
        region.RequestsPerSecond * region.Bound * options.Reaction.TotalSeconds <= options.HarmBudget
        && region.Answered >= CheapAnswers;

    /// <summary>The next shares: at most twofold, within each region's own bound, and scaled so that all together stay
    /// within the service's.</summary>
    /// <param name="regions">Those that still ramp: no full one, and none that is probed.</param>
    /// <param name="bound">The service's failure rate that is not ruled out.</param>
    /// <param name="shown">The service is shown not worse: no bound for all together.</param>
    /// <param name="shares">The answer; never less than before.</param>
    /// <returns>Which part of what the regions wanted was given: 0 to 1.</returns>
    public static double Next(
        RolloutOptions options, ReadOnlySpan<RampRegion> regions, double bound, bool shown, Span<double> shares)
    {
        var (now, more) = (0.0, 0.0);
        for (var r = 0; r < regions.Length; r++)
        {
            ref readonly var region = ref regions[r];
            shares[r] = Wanted(options, region);
            now += region.Share * region.RequestsPerSecond;
            more += (shares[r] - region.Share) * region.RequestsPerSecond;
        }

        var all = shown ? double.MaxValue : Risked(options, bound);
        var part = more > 0 ? Math.Clamp((all - now) / more, 0, 1) : 1;
        for (var r = 0; r < regions.Length; r++)
        {
            shares[r] = regions[r].Share + (part * (shares[r] - regions[r].Share));
        }

        return part;
    }

    private static double Wanted(RolloutOptions options, in RampRegion region)
    {
        if (!region.Moves) return region.Share;
        var risked = region.Shown ? double.MaxValue : Risked(options, region.Bound) / region.RequestsPerSecond;
        return Math.Max(region.Share, Math.Min(2 * region.Share, Math.Min(region.Most, risked)));
    }
}
