namespace Tidegate;

/// <summary>How many of the running version's requests took longer than a declared limit, in the hour before.</summary>
internal static class LimitShare
{
    /// <param name="edges">At the quantiles, and at the limit where one is declared.</param>
    /// <returns>Null: no limit is declared, or the hour before tells no latencies.</returns>
    public static EventCount? Of(IReadOnlyList<InstanceHistory> instances, IReadOnlyList<LatencyEdges> edges)
    {
        if (edges.Count <= 3) return null;

        var count = default(EventCount);
        foreach (var window in instances.SelectMany(i => i.Windows).Where(w => w.Slower.Edges.Count > 0))
        {
            count = count.Plus(new(Math.Min(window.Requests, window.Slower.SlowerThan(edges[3].Edge)), window.Requests));
        }

        return count.Exposures == 0 ? null : count;
    }
}
