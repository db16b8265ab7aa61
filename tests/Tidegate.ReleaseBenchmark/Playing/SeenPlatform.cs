using Tidegate.Engine;

namespace Tidegate.ReleaseBenchmark.Playing;

/// <summary>A platform whose observations are read along.</summary>
internal sealed class SeenPlatform(IPlatform platform, ReleaseReading reading) : IPlatform
{
    public Task<ApplyResult> ApplyAsync(DesiredRegion desired, CancellationToken cancellationToken) =>
        platform.ApplyAsync(desired, cancellationToken);

    public async Task<ObserveResult> ObserveAsync(string environment, CancellationToken cancellationToken)
    {
        var result = await platform.ObserveAsync(environment, cancellationToken);
        if (result is ObserveResult.Observed seen) reading.See(seen.Environment);
        return result;
    }

    public Task ConfirmAsync(string environment, CancellationToken cancellationToken) =>
        platform.ConfirmAsync(environment, cancellationToken);

    public Task<string?> ReviveAsync(string environment, CancellationToken cancellationToken) =>
        platform.ReviveAsync(environment, cancellationToken);

    public Task<ApplyResult> RemoveAsync(string environment, long generation, CancellationToken cancellationToken) =>
        platform.RemoveAsync(environment, generation, cancellationToken);
}
