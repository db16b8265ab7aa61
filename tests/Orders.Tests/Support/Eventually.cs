namespace Orders.Tests.Support;

/// <summary>Waits for a state. The deadline only ends a test that would never end.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task HoldsAsync(string what, Func<Task<bool>> holds, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Deadline) throw new TimeoutException($"It did not come true that {what}.");
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}
