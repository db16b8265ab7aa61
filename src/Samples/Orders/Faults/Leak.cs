using Orders.Settings;

namespace Orders.Faults;

/// <summary>Takes memory steadily, writes to it so that it is really there, and never gives it back.</summary>
internal sealed class Leak(FaultSettings faults, TimeProvider time) : BackgroundService
{
    /// <summary>Where even a leak ends, so that a forgotten one does not take the machine down.</summary>
    public const long MostBytes = 1024L * 1024 * 1024;

    private const int ChunkBytes = 256 * 1024;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly List<byte[]> _held = [];
    private long _heldBytes;

    public long HeldBytes => Volatile.Read(ref _heldBytes);

    /// <summary>What should be held after so long: nothing at first, then more at an even pace, then no more.</summary>
    public static long BytesDue(FaultSettings faults, TimeSpan sinceStart)
    {
        var seconds = Math.Max(0, sinceStart.TotalSeconds - faults.LeakAfterSeconds);
        return (long)Math.Min(MostBytes, seconds * faults.LeakMegabytesPerSecond * 1024 * 1024);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (faults.LeakMegabytesPerSecond <= 0) return;

        var start = time.GetTimestamp();
        using var cadence = new PeriodicTimer(Step, time);
        try
        {
            while (await cadence.WaitForNextTickAsync(stoppingToken)) HoldUpTo(BytesDue(faults, time.GetElapsedTime(start)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // An orderly stop: the process ends, and the memory with it.
        }
    }

    private void HoldUpTo(long bytes)
    {
        while (_heldBytes + ChunkBytes <= bytes)
        {
            var chunk = GC.AllocateUninitializedArray<byte>(ChunkBytes);
            Array.Fill(chunk, (byte)1);
            _held.Add(chunk);
            Volatile.Write(ref _heldBytes, _heldBytes + ChunkBytes);
        }
    }
}
