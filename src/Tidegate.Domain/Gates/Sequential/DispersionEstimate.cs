namespace Tidegate;

/// <summary>How much more the counts vary than independent events would: from the splits of one version over its own instances.</summary>
/// <remarks>φ = max(1, Σ(eᵢⱼ − Eᵢ/J)² / ((J−1)/J·ΣEᵢ)): the pooled multinomial dispersion, free of whatever changes all instances alike.</remarks>
/// <param name="SquaredDeviations">Over all windows and instances.</param>
/// <param name="Events">Over all windows and instances.</param>
/// <param name="Instances">J, the same in each window.</param>
public readonly record struct DispersionEstimate(double SquaredDeviations, long Events, int Instances)
{
    /// <summary>Fewer events say nothing of how they cluster; φ is then 1.</summary>
    public const int EventsNeeded = 50;

    public double Value => Events < EventsNeeded || Instances < 2
        ? 1
        : Math.Max(1, SquaredDeviations / ((Instances - 1) / (double)Instances * Events));

    /// <param name="events">Events of each instance in one window, at about equal traffic.</param>
    public DispersionEstimate Add(ReadOnlySpan<long> events)
    {
        long total = 0;
        foreach (var count in events) total += count;

        var (mean, squares) = (total / (double)events.Length, 0.0);
        foreach (var count in events) squares += (count - mean) * (count - mean);
        return new(SquaredDeviations + squares, Events + total, events.Length);
    }
}
