namespace Tidegate;

/// <summary>Takes the strength out of events that come in clusters: five errors of one burst are not five witnesses.</summary>
/// <param name="Dispersion">Variance over mean of the counts, at least 1; see <see cref="DispersionEstimate"/>.</param>
/// <param name="MostPerWindow">Nats that one window may add; no cap when infinite.</param>
public readonly record struct Tempering(double Dispersion, double MostPerWindow)
{
    /// <summary>Dispersion beyond which a single window's voice is also capped.</summary>
    public const double Bursty = 1.5;

    /// <summary>Events are independent: nothing is taken away.</summary>
    public static Tempering None { get; } = new(1, double.PositiveInfinity);

    /// <summary>Dividing by the dispersion is exact for clusters of bounded size; the cap of 2 nats is for heavier tails.</summary>
    public static Tempering For(double dispersion) => new(Math.Max(1, dispersion), dispersion > Bursty ? 2 : double.PositiveInfinity);

    internal double Apply(double nats) => Math.Min(nats / Dispersion, MostPerWindow);
}
