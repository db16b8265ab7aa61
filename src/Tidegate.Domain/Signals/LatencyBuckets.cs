namespace Tidegate;

/// <summary>The edges at which latencies are counted: from 0.5 ms to 10 s, each 5 % beyond the one before it.</summary>
/// <remarks>A limit is read at the first edge that is not below it, so it is off by at most 5 %. The edge's program is
/// carried along without the
/// domain and compiles this file in. Only the domain has the other part, which makes the list public: one public list,
/// in one assembly.</remarks>
#pragma warning disable IDE0040 // The accessibility is said by the other part, and where there is none, it is internal.
static partial class LatencyBuckets
{
    /// <summary>Ascending. Shared by all counts: not to be written to.</summary>
    public static double[] Milliseconds { get; } = [.. Edges()];

    private static IEnumerable<double> Edges()
    {
        const double longest = 10_000;
        for (var edge = 0.5; edge < longest; edge *= 1.05) yield return Math.Round(edge, 4);
        yield return longest;
    }
}
