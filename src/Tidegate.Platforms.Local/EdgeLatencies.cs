using System.Globalization;
using Tidegate.Engine.Telemetry;

namespace Tidegate.Platforms.Local;

/// <summary>Reads what an edge wrote of latencies: those of requests that have ended, and the ages of those that are
/// open.</summary>
internal static class EdgeLatencies
{
    /// <param name="ended">The name of the histogram.</param>
    /// <param name="open">The name of the histogram that may go down.</param>
    public static LatencyCounts Read(IReadOnlyList<OpenMetricsSample> samples, string ended, string open)
    {
        var beyond = new long[LatencyBuckets.Milliseconds.Length];
        Add(samples, ended, beyond);
        Add(samples, open, beyond);
        return new(LatencyBuckets.Milliseconds, beyond);
    }

    /// <remarks>An edge writes only the buckets where its count changes: up to the next one, the last one
    /// holds.</remarks>
    private static void Add(IReadOnlyList<OpenMetricsSample> samples, string name, long[] beyond)
    {
        var buckets = samples
            .Where(s => s.Name == name + "_bucket")
            .Select(s => (UpTo: Milliseconds(s.Labels.GetValueOrDefault("le")), Count: (long)s.Value))
            .OrderBy(b => b.UpTo)
            .ToList();
        if (buckets.Count == 0) return;

        var (all, within, next) = (buckets[^1].Count, 0L, 0);
        for (var i = 0; i < beyond.Length; i++)
        {
            var edge = LatencyBuckets.Milliseconds[i] + 1e-6;
            while (next < buckets.Count && buckets[next].UpTo <= edge) within = buckets[next++].Count;
            beyond[i] += Math.Max(0, all - within);
        }
    }

    private static double Milliseconds(string? le) =>
        double.TryParse(le, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? 1000 * seconds
            : double.PositiveInfinity;
}
