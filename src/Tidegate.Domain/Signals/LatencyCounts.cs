namespace Tidegate;

/// <summary>How many requests took longer than each edge of a histogram. Edges ascend, in milliseconds; counts never grow from one edge to the next.</summary>
/// <remarks>A request that is still open has taken at least as long as it is old: it counts beyond every edge that it has passed.</remarks>
public sealed class LatencyCounts
{
    private readonly double[] _edges;
    private readonly long[] _beyond;

    /// <param name="edges">Ascending, in milliseconds. Kept, not copied: counts of one source share them.</param>
    /// <param name="beyond">For each edge, how many took longer. Kept, not copied.</param>
    /// <exception cref="ArgumentException">There are not as many counts as edges.</exception>
    public LatencyCounts(double[] edges, long[] beyond)
    {
        if (edges.Length != beyond.Length) throw new ArgumentException($"{beyond.Length} counts for {edges.Length} edges.", nameof(beyond));
        (_edges, _beyond) = (edges, beyond);
    }

    /// <summary>No request was timed.</summary>
    public static LatencyCounts None { get; } = new([], []);

    public IReadOnlyList<double> Edges => _edges;

    public IReadOnlyList<long> Beyond => _beyond;

    /// <summary>How many took longer than this, counted at the first edge that is not below it; 0 beyond the last edge.</summary>
    public long SlowerThan(double milliseconds)
    {
        var at = Array.BinarySearch(_edges, milliseconds - 1e-9);
        if (at < 0) at = ~at;
        return at < _beyond.Length ? _beyond[at] : 0;
    }

    /// <summary>Both together, at the edges of whoever has any; edges that differ are read as <see cref="SlowerThan"/> does.</summary>
    public LatencyCounts Plus(LatencyCounts other)
    {
        if (other._edges.Length == 0) return this;
        if (_edges.Length == 0) return other;
        return Combine(other, (mine, theirs) => mine + theirs);
    }

    /// <summary>All together, at the edges of the first that has any; edges that differ are read as <see cref="SlowerThan"/> does.</summary>
    public static LatencyCounts Sum(IEnumerable<LatencyCounts> counts)
    {
        var (edges, sum) = (None._edges, None._beyond);
        foreach (var one in counts)
        {
            if (one._edges.Length == 0) continue;
            if (sum.Length == 0)
            {
                (edges, sum) = (one._edges, [.. one._beyond]);
                continue;
            }

            var alike = Alike(edges, one._edges);
            for (var i = 0; i < sum.Length; i++) sum[i] += alike ? one._beyond[i] : one.SlowerThan(edges[i]);
        }

        return new(edges, sum);
    }

    /// <summary>What came since <paramref name="earlier"/>; never below 0.</summary>
    public LatencyCounts Since(LatencyCounts earlier) => earlier._edges.Length == 0 ? this : Combine(earlier, (mine, theirs) => Math.Max(0, mine - theirs));

    private LatencyCounts Combine(LatencyCounts other, Func<long, long, long> with)
    {
        var alike = Alike(_edges, other._edges);
        var counts = new long[_edges.Length];
        for (var i = 0; i < counts.Length; i++) counts[i] = with(_beyond[i], alike ? other._beyond[i] : other.SlowerThan(_edges[i]));
        return new(_edges, counts);
    }

    private static bool Alike(double[] one, double[] other) => ReferenceEquals(one, other) || one.AsSpan().SequenceEqual(other);
}
