namespace Tidegate;

/// <summary>When a fault begins: at once, or after a time that nobody knows.</summary>
public static class ChangePoint
{
    /// <summary>Half of all faults are there from the first request.</summary>
    public const double DefaultPrior = 0.5;

    /// <summary>The others begin after half an hour in the mean.</summary>
    public static TimeSpan DefaultMean { get; } = TimeSpan.FromMinutes(30);

    /// <summary>The chance that a fault begins within a window of this length.</summary>
    public static double Hazard(TimeSpan window) => Math.Min(1, window / DefaultMean);
}
