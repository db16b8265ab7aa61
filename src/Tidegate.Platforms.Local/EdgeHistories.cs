using Tidegate.LocalCloud.Contract;

namespace Tidegate.Platforms.Local;

/// <summary>What edges counted before now, in the gate's words.</summary>
internal static class EdgeHistories
{
    /// <param name="told">By region; null where the edge does not tell.</param>
    public static TrafficHistory Of(IReadOnlyList<(string Region, EdgeHistory? History)> told)
    {
        var some = told.Where(t => t.History is not null).Select(t => (t.Region, History: t.History!)).ToList();
        if (some.Count == 0) return TrafficHistory.None;

        var window = TimeSpan.FromSeconds(some[0].History.WindowSeconds);
        return new(window, [.. some.SelectMany(t => Instances(t.Region, t.History))]);
    }

    private static IEnumerable<InstanceHistory> Instances(string region, EdgeHistory history)
    {
        // Most windows of a quiet service are alike: one list of zeros does for all of them.
        double[] edges = [.. history.EdgesMilliseconds];
        var nobody = new LatencyCounts(edges, new long[edges.Length]);
        foreach (var instance in history.Instances)
        {
            if (!ArtifactDigest.TryParse(instance.Digest, out var digest)) continue;

            var windows = instance.Windows.Select(w => Window(w, edges, nobody));
            yield return new(region, digest, instance.Instance, [.. windows]);
        }
    }

    private static HistoryWindow Window(long[] told, double[] edges, LatencyCounts nobody) => told switch
    {
        [var requests, var errors] => new(requests, errors, nobody),
        [var requests, var errors, .. var passed] => new(requests, errors, new(edges, Beyond(passed, edges.Length))),
        _ => default,
    };

    /// <param name="passed">Pairs: how many edges, and how many requests passed exactly so many.</param>
    private static long[] Beyond(long[] passed, int edges)
    {
        var beyond = new long[edges];
        for (var i = 0; i + 1 < passed.Length; i += 2)
        {
            for (var edge = 0; edge < Math.Min(passed[i], edges); edge++) beyond[edge] += passed[i + 1];
        }

        return beyond;
    }
}
