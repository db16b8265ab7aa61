namespace Tidegate;

/// <summary>How many times as often a young instance may fail or be slow, from the starts of the last releases: the null is "not worse than such a start".</summary>
/// <param name="Failures">At least 1.</param>
/// <param name="Slow99">At the 99th percentile, and so on; at least 1.</param>
public readonly record struct StartLift(double Failures, double Slow99, double Slow90, double Slow50)
{
    /// <summary>Hard failures are judged from the first second, so they bear less.</summary>
    private const double HardShare = 4.5;

    public static StartLift None { get; } = new(1, 1, 1, 1);

    public double Hard => Math.Max(1, Failures / HardShare);

    public double Slow(int quantile) => quantile switch { 0 => Slow99, 1 => Slow90, 2 => Slow50, _ => Slow99 };
}
