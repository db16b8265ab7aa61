namespace Tidegate.Engine.Tests;

/// <summary>Edges that sometimes do not answer.</summary>
internal sealed class FailingTraffic(ITrafficSource inner) : ITrafficSource
{
    public bool Fails { get; set; }

    public Task<TrafficReading> ReadAsync(string environment, CancellationToken cancellationToken) => Fails
        ? Task.FromResult<TrafficReading>(new TrafficReading.SourceFailed("the edges do not answer"))
        : inner.ReadAsync(environment, cancellationToken);

    public Task<TrafficHistory> HistoryAsync(string environment, TimeSpan span, CancellationToken cancellationToken) =>
        inner.HistoryAsync(environment, span, cancellationToken);
}
