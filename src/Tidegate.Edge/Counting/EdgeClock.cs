namespace Tidegate.Edge.Counting;

/// <summary>The edge's time, cut into windows that begin together for all instances. Windows are counted from one
/// origin, so they never drift.</summary>
internal sealed class EdgeClock(TimeProvider time)
{
    /// <summary>How many windows are kept: an hour.</summary>
    public const int KeptWindows = 720;

    private readonly long _origin = time.GetTimestamp();
    private readonly long _window = (long)(Window.TotalSeconds * time.TimestampFrequency);

    public static TimeSpan Window { get; } = TimeSpan.FromSeconds(5);

    public DateTimeOffset UtcNow => time.GetUtcNow();

    public long Timestamp() => time.GetTimestamp();

    public TimeSpan Elapsed(long from, long to) => time.GetElapsedTime(from, to);

    /// <summary>How many windows have ended by then.</summary>
    public long WindowsEndedBy(long timestamp) => (timestamp - _origin) / _window;

    public long EndOf(long window) => _origin + ((window + 1) * _window);
}
