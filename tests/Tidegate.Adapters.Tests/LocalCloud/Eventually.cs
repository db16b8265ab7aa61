namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>Waits for a state, not for a time. The deadline is for defects only.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(25);

    public static async Task<T> SeesAsync<T>(Func<Task<T>> look, Func<T, bool> isSo)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isSo(seen)) return seen;
            if (TimeProvider.System.GetElapsedTime(start) >= Deadline) throw new TimeoutException($"After {Deadline.TotalSeconds:0} s: {seen}");
            await Task.Delay(LookEvery, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static Task IsSoAsync(Func<bool> isSo) => SeesAsync(() => Task.FromResult(isSo()), so => so);
}
