namespace Tidegate.LocalCloud.Workloads;

/// <summary>How long to wait before something that ended is started again: longer each time, short again after it held for a while.</summary>
internal sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(60);

    private TimeSpan _wait = First;
    private long _began;
    private long _ended;

    public bool IsOver => _ended == 0 || time.GetElapsedTime(_ended) >= _wait;

    public void Began() => _began = time.GetTimestamp();

    public void Ended()
    {
        _ended = time.GetTimestamp();
        if (_began != 0 && time.GetElapsedTime(_began) >= Held) _wait = First;
    }

    /// <summary>The next wait is twice as long.</summary>
    public void Next() => _wait = _wait * 2 < Longest ? _wait * 2 : Longest;
}
