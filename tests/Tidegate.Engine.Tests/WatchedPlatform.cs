namespace Tidegate.Engine.Tests;

/// <summary>Writes down what is desired of a platform and when somebody confirms, and can refuse.</summary>
internal sealed class WatchedPlatform(IPlatform inner) : IPlatform
{
    public List<DesiredRegion> Desired { get; } = [];

    public int Confirmed { get; private set; }

    /// <summary>Nobody's confirmation arrives any more: as when the line to the platform is cut one way.</summary>
    public bool IsCut { get; set; }

    /// <summary>What the platform says instead of taking it; null: it takes it.</summary>
    public Func<DesiredRegion, ApplyResult?>? Instead { get; set; }

    public Task<ApplyResult> ApplyAsync(DesiredRegion desired, CancellationToken cancellationToken)
    {
        Desired.Add(desired);
        return Instead?.Invoke(desired) is { } other
            ? Task.FromResult(other)
            : inner.ApplyAsync(desired, cancellationToken);
    }

    public Task ConfirmAsync(string environment, CancellationToken cancellationToken)
    {
        Confirmed++;
        return IsCut ? Task.CompletedTask : inner.ConfirmAsync(environment, cancellationToken);
    }

    public Task<ObserveResult> ObserveAsync(string environment, CancellationToken cancellationToken) =>
        inner.ObserveAsync(environment, cancellationToken);

    public Task<string?> ReviveAsync(string environment, CancellationToken cancellationToken) =>
        inner.ReviveAsync(environment, cancellationToken);

    public Task<ApplyResult> RemoveAsync(string environment, long generation, CancellationToken cancellationToken) =>
        inner.RemoveAsync(environment, generation, cancellationToken);
}
