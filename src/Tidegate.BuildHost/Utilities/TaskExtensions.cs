namespace Nuke.Common.Utilities;

public static class TaskExtensions
{
    /// <summary>Waits for all; what one of them threw is thrown.</summary>
    public static void WaitAll(this IEnumerable<Task> tasks) => Task.WhenAll(tasks).GetAwaiter().GetResult();

    /// <inheritdoc cref="WaitAll(IEnumerable{Task})"/>
    public static IReadOnlyCollection<T> WaitAll<T>(this IEnumerable<Task<T>> tasks) => Task.WhenAll(tasks).GetAwaiter().GetResult();
}
