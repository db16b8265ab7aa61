namespace Tidegate.Engine;

/// <summary>Reads for a while what each instance of a version answers. Changes nothing.</summary>
public sealed class InstanceMeasurement(ITrafficSource traffic, TimeProvider time)
{
    /// <param name="window">Between two readings.</param>
    /// <param name="passed">Told after each reading, how much of the time is over.</param>
    /// <returns>The counts by region and instance at each reading; null where they could not be read.</returns>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, EndpointCounters>?>> MeasureAsync(
        string environment, ArtifactDigest digest, TimeSpan duration, TimeSpan window, Action<TimeSpan> passed, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var readings = new List<IReadOnlyDictionary<string, EndpointCounters>?> { await ReadAsync(environment, digest, cancellationToken) };
        for (var due = window; due <= duration; due += window)
        {
            // A slow reading does not make the next window longer.
            if (due - time.GetElapsedTime(start) is { Ticks: > 0 } left) await Task.Delay(left, time, cancellationToken);
            readings.Add(await ReadAsync(environment, digest, cancellationToken));
            passed(time.GetElapsedTime(start));
        }

        return readings;
    }

    private async Task<IReadOnlyDictionary<string, EndpointCounters>?> ReadAsync(string environment, ArtifactDigest digest, CancellationToken cancellationToken) =>
        await traffic.ReadAsync(environment, cancellationToken) is TrafficReading.Counted counted
            ? counted.Versions.Where(v => v.Digest == digest)
                .SelectMany(v => v.Instances, (v, i) => (Name: $"{v.Region}/{i.Key}", Value: i.Value.Total))
                .ToDictionary(i => i.Name, i => i.Value, StringComparer.Ordinal)
            : null;
}
