namespace Tidegate.Edge.Counting;

/// <summary>How many requests passed how many edges of <see cref="LatencyBuckets"/>. Its owner's lock guards
/// it.</summary>
internal sealed class LatencyHistogram
{
    /// <summary>From no edge passed to all of them.</summary>
    public static int Buckets { get; } = LatencyBuckets.Milliseconds.Length + 1;

    private readonly long[] _passed = new long[Buckets];

    public double Seconds { get; private set; }

    /// <summary>At each index, how many passed exactly so many edges.</summary>
    public ReadOnlySpan<long> Passed => _passed;

    /// <summary>How many edges are below this duration.</summary>
    public static int EdgesPassed(TimeSpan took)
    {
        var at = Array.BinarySearch(LatencyBuckets.Milliseconds, took.TotalMilliseconds);
        return at < 0 ? ~at : at;
    }

    public void Add(TimeSpan took)
    {
        _passed[EdgesPassed(took)]++;
        Seconds += took.TotalSeconds;
    }

    public LatencySnapshot Copy() => new([.. _passed], Seconds);
}

/// <summary>A histogram at one moment.</summary>
internal sealed record LatencySnapshot(long[] Passed, double Seconds);
