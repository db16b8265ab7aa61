namespace Tidegate;

/// <summary>Orders regions into growing waves: least traffic first, so that a fault is met where the fewest users are.</summary>
public static class WavePlanner
{
    /// <summary>One region, then one larger, then two, then twice as many each time.</summary>
    public static IReadOnlyList<IReadOnlyList<Region>> Plan(IEnumerable<Region> regions)
    {
        var left = new Queue<Region>(ByTraffic(regions));
        var waves = new List<IReadOnlyList<Region>>();
        while (left.Count > 0)
        {
            var size = waves.Count < 2 ? 1 : 1 << (waves.Count - 1);
            waves.Add([.. Enumerable.Range(0, Math.Min(size, left.Count)).Select(_ => left.Dequeue())]);
        }

        return waves;
    }

    /// <summary>Least traffic first; names decide between equals, so that the order is the same every time.</summary>
    public static IEnumerable<Region> ByTraffic(IEnumerable<Region> regions) =>
        regions.OrderBy(r => r.RequestsPerSecond).ThenBy(r => r.Name, StringComparer.Ordinal);
}
