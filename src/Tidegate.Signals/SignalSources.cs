using Tidegate.Engine;

namespace Tidegate.Signals;

/// <summary>All sources there are: each signal that is not counted by the edges is read by exactly one of them.</summary>
public static class SignalSources
{
    public static IReadOnlyList<ISignalSource> All(TimeProvider time) =>
    [
        new ObservationSource(),
        new ReadinessSource(),
        new JourneySource(),
        new DataSource(),
        new CommandSource(time),
        new AlertSource(),
        new NeighbourHealthSource(),
        new MetricSource(),
    ];
}
