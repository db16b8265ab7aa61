namespace Tidegate.Signals;

/// <summary>Asks several places side by side what is wrong there.</summary>
internal static class Places
{
    private const int AtOnce = 16;

    /// <summary>What is wrong at each place; null where nothing is, or nothing is known when the deadline passes: one that never answers
    /// must not hide what the others have shown.</summary>
    /// <exception cref="OperationCanceledException">The deadline passed, and nothing was found wrong until then.</exception>
    public static async Task<IReadOnlyList<string?>> FailuresAsync<T>(IReadOnlyList<T> places, Func<T, CancellationToken, Task<string?>> failureAsync, CancellationToken cancellationToken)
    {
        var failures = new string?[places.Count];
        try
        {
            await Parallel.ForAsync(
                0,
                places.Count,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (i, token) => failures[i] = await failureAsync(places[i], token));
        }
        catch (OperationCanceledException) when (failures.Any(f => f is not null))
        {
        }

        return failures;
    }
}
