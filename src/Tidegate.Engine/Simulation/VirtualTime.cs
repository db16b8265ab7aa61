namespace Tidegate.Engine.Simulation;

/// <summary>A clock that jumps to whatever is waited for: days of baking pass while the code runs.</summary>
/// <remarks>For one logical thread, such as the engine's loop: each wait moves the clock by its own length and ends at once.
/// Deadlines (timers that are disposed before they are due) are not waited for, so only <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/>
/// moves the clock; a deadline made with it never fires.</remarks>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = start;

    /// <summary>Raised after the clock has moved.</summary>
    public event Action<DateTimeOffset>? Moved;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Advance(TimeSpan by)
    {
        DateTimeOffset now;
        lock (_gate) now = _now += by;
        Moved?.Invoke(now);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // A CancellationTokenSource passes itself as the state of its timer: that is a deadline, not a wait.
        if (state is not CancellationTokenSource && dueTime >= TimeSpan.Zero)
        {
            Advance(dueTime);
            callback(state);
        }

        return new Spent();
    }

    private sealed class Spent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
