namespace Tidegate;

/// <summary>Dispersion as it counts within one window: larger cells than those of the hour before hold several bursts
/// at once.</summary>
/// <param name="Theta">The candidate's part of the window's requests.</param>
/// <param name="Growth">How many times as large the candidate's cells are as those of the hour before; at least
/// 1.</param>
public readonly record struct WindowDispersion(double Theta, double Growth)
{
    private const double Bursty = 1.5, Uneven = 1.2;

    /// <param name="candidateCells">Instances of the candidate that had a request.</param>
    /// <param name="usualCell">Mean requests of an instance in a window of the hour before.</param>
    public static WindowDispersion In(
        double candidateRequests, int candidateCells, double runningRequests, double usualCell)
    {
        var cell = candidateRequests / Math.Max(1, candidateCells);
        return new(
            candidateRequests / Math.Max(1, candidateRequests + runningRequests),
            Math.Max(1, cell / Math.Max(1e-9, usualCell)));
    }

    /// <summary>φ used: the candidate's cells weigh by the other version's part, and the other way round.</summary>
    /// <param name="dispersion">Of the hour before.</param>
    public double Of(double dispersion) =>
        dispersion <= 1 ? 1 : ((1 - Theta) * (1 + ((dispersion - 1) * Growth))) + (Theta * dispersion);

    /// <summary>Of failures by counts.</summary>
    public Tempering Counts(double dispersion) => Tempering.For(Of(dispersion));

    /// <summary>Of slow requests: a pause of one instance makes many at once, so one window may say little.</summary>
    public Tempering Slow(double dispersion)
    {
        var used = Of(dispersion);
        return new(used, used > Bursty ? 1 : used > Uneven ? 2 : double.PositiveInfinity);
    }
}
