namespace Tidegate.Edge.Forwarding;

/// <summary>Random numbers that many threads may draw at once, without a lock: SplitMix64 over a counter.</summary>
internal sealed class Draw(long seed)
{
    private long _count = seed;

    public ulong Next()
    {
        unchecked
        {
            var z = (ulong)Interlocked.Increment(ref _count) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
