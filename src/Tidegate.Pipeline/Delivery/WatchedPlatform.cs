using System.Security.Cryptography;
using System.Text;
using Tidegate.Engine;

namespace Tidegate.Pipeline;

/// <summary>Tells of environments that something else runs, by their addresses, and changes none of them. Every other one is the platform's own.</summary>
/// <remarks>Nobody says what runs there, so it is one version with a name of its own, and an address is one instance. That it answers is
/// not claimed here: the signals that ask it find out.</remarks>
public sealed class WatchedPlatform(IPlatform platform, ITrafficSource traffic, IReadOnlyList<WatchedRegion> watched) : IPlatform, ITrafficSource, IAsyncDisposable
{
    private static readonly ArtifactDigest Unknown = ArtifactDigest.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes("whatever runs in a watched environment")));

    public Task<ApplyResult> ApplyAsync(DesiredRegion desired, CancellationToken cancellationToken) =>
        Watches(desired.Environment) ? Task.FromResult<ApplyResult>(Refused(desired.Environment)) : platform.ApplyAsync(desired, cancellationToken);

    public Task<ApplyResult> RemoveAsync(string environment, long generation, CancellationToken cancellationToken) =>
        Watches(environment) ? Task.FromResult<ApplyResult>(Refused(environment)) : platform.RemoveAsync(environment, generation, cancellationToken);

    public Task<ObserveResult> ObserveAsync(string environment, CancellationToken cancellationToken) =>
        Watches(environment) ? Task.FromResult<ObserveResult>(new ObserveResult.Observed(Observation(environment))) : platform.ObserveAsync(environment, cancellationToken);

    public Task<string?> ReviveAsync(string environment, CancellationToken cancellationToken) =>
        Watches(environment) ? Task.FromResult<string?>(null) : platform.ReviveAsync(environment, cancellationToken);

    public Task ConfirmAsync(string environment, CancellationToken cancellationToken) =>
        Watches(environment) ? Task.CompletedTask : platform.ConfirmAsync(environment, cancellationToken);

    public Task<TrafficHistory> HistoryAsync(string environment, TimeSpan span, CancellationToken cancellationToken) =>
        Watches(environment) ? Task.FromResult(TrafficHistory.None) : traffic.HistoryAsync(environment, span, cancellationToken);

    public Task<TrafficReading> ReadAsync(string environment, CancellationToken cancellationToken) =>
        Watches(environment) ? Task.FromResult<TrafficReading>(new TrafficReading.Counted([])) : traffic.ReadAsync(environment, cancellationToken);

    public ValueTask DisposeAsync() => platform is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;

    private bool Watches(string environment) => watched.Any(w => w.Environment == environment);

    private static ApplyResult.Refused Refused(string environment) => new($"{environment} is run by something else and only watched");

    private EnvironmentObservation Observation(string environment) => new(environment, [.. watched
        .Where(w => w.Environment == environment)
        .Select(w => new RegionObservation(
            w.Region,
            Generation: 0,
            Convergence.Converged,
            Failure: null,
            w.Addresses[0],
            [new VersionObservation(Unknown, TrafficShare.All, [.. w.Addresses.Select(a => new InstanceObservation(a, InstanceState.Ready, a, Restarts: 0, ResidentBytes: null))])],
            []))]);
}
