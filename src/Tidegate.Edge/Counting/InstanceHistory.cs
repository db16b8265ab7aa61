namespace Tidegate.Edge.Counting;

/// <summary>One instance's last hour, window by window. The version's lock guards it.</summary>
/// <remarks>A window holds what has changed in it, and only the edges where something has: at most two for each
/// request, and at most 205 of 5 bytes.
/// So an instance takes 0.9 MB at the very most, and a tenth of that at tens of requests a second.</remarks>
internal sealed class InstanceHistory(long firstWindow)
{
    private readonly Queue<Window> _windows = new();
    private readonly long[] _before = new long[LatencyHistogram.Buckets];
    private long _begun;
    private long _errors;

    /// <summary>Ends a window. What is told is told as of its end.</summary>
    public void Cut(long window, long begun, long errors, ReadOnlySpan<long> ended, ReadOnlySpan<long> open)
    {
        var (edges, changes) = (new List<byte>(), new List<int>());
        for (var i = 0; i < _before.Length; i++)
        {
            var now = ended[i] + open[i];
            if (now == _before[i]) continue;

            edges.Add((byte)i);
            changes.Add((int)(now - _before[i]));
            _before[i] = now;
        }

        if (window >= firstWindow)
        {
            if (_windows.Count == EdgeClock.KeptWindows) _windows.Dequeue();
            _windows.Enqueue(new(begun - _begun, errors - _errors, [.. edges], [.. changes]));
        }

        (_begun, _errors) = (begun, errors);
    }

    /// <summary>Oldest first, each as <c>EdgeInstanceHistory.Windows</c> has it.</summary>
    public IReadOnlyList<long[]> Newest(int windows) =>
        [.. _windows.Skip(_windows.Count - windows).Select(w => w.Flat())];

    private sealed record Window(long Begun, long Errors, byte[] Edges, int[] Changes)
    {
        public long[] Flat() => [Begun, Errors, .. Edges.Zip(Changes).SelectMany(c => (long[])[c.First, c.Second])];
    }
}
