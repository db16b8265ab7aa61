namespace Tidegate.Engine;

/// <summary>The edges' counts of an environment, all regions and versions read together.</summary>
public interface ITrafficSource
{
    Task<TrafficReading> ReadAsync(string environment, CancellationToken cancellationToken);
}
