namespace Tidegate.Engine.Telemetry;

/// <summary>One line of metrics.</summary>
/// <param name="Value">As written: NaN and infinities are kept, for the caller to refuse.</param>
public sealed record OpenMetricsSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>What a text of metrics held, or why it is none.</summary>
public abstract record OpenMetricsReading
{
    private OpenMetricsReading() { }

    public sealed record Read(IReadOnlyList<OpenMetricsSample> Samples) : OpenMetricsReading;

    /// <param name="Because">With the number of the line.</param>
    public sealed record Unreadable(string Because) : OpenMetricsReading;
}
