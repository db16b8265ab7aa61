namespace Tidegate.GateBenchmark.Worlds;

/// <summary>How many of some requests took longer than each of a few edges; the slowest come in clusters.</summary>
/// <param name="anchor">Index of the edge at the 99th percentile: what is beyond it comes in clusters.</param>
/// <param name="cluster">Their mean size; 1: each is alone.</param>
internal sealed class SlowTail(int anchor, double cluster)
{
    /// <param name="beyond">P(latency &gt; edge), edges ascending.</param>
    /// <param name="counts">The answer, for each edge.</param>
    public void Draw(Generator random, long requests, ReadOnlySpan<double> beyond, Span<long> counts)
    {
        var slow = random.Clustered(requests, beyond[anchor], cluster);
        var (others, before) = (requests - slow, 1 - beyond[anchor]);
        for (var i = 0; i < anchor; i++)
        {
            var left = Math.Max(0, beyond[i] - beyond[anchor]);
            others = before > 0 ? random.Binomial(others, Math.Min(1, left / before)) : 0;
            (counts[i], before) = (others + slow, left);
        }

        counts[anchor] = slow;
        for (var i = anchor + 1; i < counts.Length; i++)
        {
            slow = beyond[i - 1] > 0 ? random.Binomial(slow, Math.Min(1, beyond[i] / beyond[i - 1])) : 0;
            counts[i] = slow;
        }
    }
}
