namespace Tidegate;

/// <summary>A rise of a rate above its reference, noticed within windows, where there is no other version to compare with (Page 1954).</summary>
/// <remarks>It forgets what lies before the rise, so it has no budget of its own: it raises a suspicion, never a rollback.</remarks>
/// <param name="First">The sums for the three rises, in nats.</param>
public readonly record struct Cusum(double First, double Second, double Third)
{
    /// <summary>In nats: ln of the mean of the three.</summary>
    public double LogValue => LogDomain.Mean([First, Second, Third]);

    public Cusum Add(RateRise rise, EventCount window, double reference, double dispersion)
    {
        var usual = Math.Min(reference * rise.Guard, 0.5);
        return new(
            Next(First, Math.Min(reference * rise.Small, Most), usual, window, dispersion, rise.Cap),
            Next(Second, Math.Min(reference * rise.Middle, Most), usual, window, dispersion, rise.Cap),
            Next(Third, Math.Min(reference * rise.Large, Most), usual, window, dispersion, rise.Cap));
    }

    private const double Most = 0.99;

    private static double Next(double sum, double raised, double usual, EventCount window, double dispersion, double cap)
    {
        var good = LogDomain.LogOnePlus(-raised) - LogDomain.LogOnePlus(-usual);
        var step = (window.Events * Math.Log(raised / usual)) + ((window.Exposures - window.Events) * good);
        return Math.Min(Math.Max(sum, 0) + (step / dispersion), cap);
    }
}

/// <summary>Which rises a <see cref="Cusum"/> looks for, as multiples of the reference.</summary>
/// <param name="Guard">Up to this multiple is usual.</param>
/// <param name="Cap">No sum grows beyond it, so that the end of a rise is noticed as soon as its beginning.</param>
public sealed record RateRise(double Guard, double Small, double Middle, double Large, double Cap = double.PositiveInfinity)
{
    /// <summary>The promoted version fails more often than the hour before.</summary>
    public static RateRise OfErrors { get; } = new(1.2, 3, 10, 100);

    /// <summary>The promoted version is slow more often than the hour before.</summary>
    public static RateRise OfSlowness { get; } = new(1.2, 2, 4, 12);

    /// <summary>The baseline itself fails: an incident that no version causes.</summary>
    public static RateRise OfIncident { get; } = new(1.5, 4, 20, 100, Cap: 8);
}
