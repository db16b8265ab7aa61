namespace Tidegate;

/// <summary>Gathers memory readings to means of about a minute, whose slope is evidence.</summary>
public readonly record struct MemoryWatch
{
    /// <summary>The minutes so far.</summary>
    public MemorySlope Slope { get; private init; }

    /// <summary>In nats.</summary>
    public double LogValue { get; private init; }

    private double Minutes { get; init; }

    private double Differences { get; init; }

    private int Readings { get; init; }

    internal MemoryWatch Add(SequentialRules rules, double minutes, double? difference)
    {
        if (difference is not { } value) return this;

        var next = this with { Minutes = Minutes + minutes, Differences = Differences + value, Readings = Readings + 1 };
        if (next.Readings < rules.WindowsPerMinute) return next;

        var slope = Slope.Add(next.Minutes / next.Readings, next.Differences / next.Readings);
        return new() { Slope = slope, LogValue = slope.LogValue(rules.Options.MemoryVariance) };
    }
}
