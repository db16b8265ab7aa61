using Tidegate.Engine;

namespace Tidegate.Signals;

/// <summary>All sources there are: each signal that is not counted by the edges is read by exactly one of them.</summary>
public static class SignalSources
{
    /// <param name="written">A folder that keeps what the data signal wrote until it was read back, over a kill; null:
    /// nothing is kept.</param>
    public static IReadOnlyList<ISignalSource> All(TimeProvider time, string? written = null) =>
    [
        new ObservationSource(),
        new ReadinessSource(),
        new JourneySource(),
        new DataSource(written),
        new CommandSource(time),
        new AlertSource(),
        new NeighbourHealthSource(),
        new MetricSource(),
    ];
}
