namespace Tidegate;

/// <summary>Evidence that the candidate's memory grows faster than the baseline's of the same age.</summary>
/// <remarks>
/// Dᵢ = a + b·tᵢ + noise of variance s²: E = mean over slopes b of exp((b·S_tD − b²·S_tt/2)/s²). The centred sums remove the
/// intercept (a flat prior), so a constant difference between two instances is no evidence. They are kept by Welford's recurrence.
/// </remarks>
public readonly record struct MemorySlope
{
    private static readonly double[] Slopes = [0.1, 0.3, 1, 3];

    private double MeanTime { get; init; }

    private double MeanDifference { get; init; }

    private double TimeSquares { get; init; }

    private double Products { get; init; }

    /// <summary>Points so far; below two there is no slope.</summary>
    public int Points { get; private init; }

    /// <summary>The least-squares slope in percent of the limit per minute; 0 while there is none.</summary>
    public double PerMinute => TimeSquares > 0 ? Products / TimeSquares : 0;

    /// <param name="minutes">When, since the release began.</param>
    /// <param name="difference">Candidate minus baseline, in percent of the memory limit, the mean of about a minute.</param>
    public MemorySlope Add(double minutes, double difference)
    {
        var points = Points + 1;
        var fromOldMean = minutes - MeanTime;
        var meanTime = MeanTime + (fromOldMean / points);
        var meanDifference = MeanDifference + ((difference - MeanDifference) / points);
        return new()
        {
            Points = points,
            MeanTime = meanTime,
            MeanDifference = meanDifference,
            TimeSquares = TimeSquares + (fromOldMean * (minutes - meanTime)),
            Products = Products + (fromOldMean * (difference - meanDifference)),
        };
    }

    /// <summary>In nats.</summary>
    /// <param name="variance">s², the long-run variance of the minutes' means: see <see cref="SequentialOptions.MemoryVariance"/>.</param>
    public double LogValue(double variance)
    {
        if (Points < 2) return 0;

        Span<double> logs = stackalloc double[4];
        for (var k = 0; k < 4; k++) logs[k] = ((Slopes[k] * Products) - (Slopes[k] * Slopes[k] * TimeSquares / 2)) / variance;
        return LogDomain.Mean(logs);
    }
}
