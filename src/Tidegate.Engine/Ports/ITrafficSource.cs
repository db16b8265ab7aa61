namespace Tidegate.Engine;

/// <summary>The edges' counts of an environment, all regions and versions read together.</summary>
public interface ITrafficSource
{
    Task<TrafficReading> ReadAsync(string environment, CancellationToken cancellationToken);

    /// <summary>What each instance counted before now; what there is when the edges were started later, and nothing where they do not tell.</summary>
    /// <param name="span">How far back.</param>
    Task<TrafficHistory> HistoryAsync(string environment, TimeSpan span, CancellationToken cancellationToken);
}
