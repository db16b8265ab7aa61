using System.Text.Json;
using Tidegate.Engine;
using Tidegate.Engine.Telemetry;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Platforms.Local;

/// <summary>The embedded platform: processes of this machine behind one edge per region.</summary>
/// <remarks>The cloud is started at the first effect. Looking starts nothing: where no cloud answers, nothing runs, unless one was told
/// to run it. Then it was lost, with the machine or by a kill, and until <see cref="ReviveAsync"/> nobody can tell what runs.</remarks>
/// <param name="artifacts">Where an artifact's bits lie.</param>
public sealed class LocalPlatform(
    LocalCloudClient client,
    LocalCloudProcess process,
    LocalWorkload workload,
    Func<ArtifactDigest, string> artifacts,
    TimeProvider time) : IPlatform, ITrafficSource, IAsyncDisposable
{
    private const int DrainSeconds = 30;

    /// <summary>The cloud gives up on an instance before the engine gives up on the step, so that it can still say why.</summary>
    private const double StartShare = 0.8;
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Whoever confirms has better things to do than to wait for it.</summary>
    private static readonly TimeSpan ConfirmDeadline = TimeSpan.FromSeconds(2);

    /// <summary>How long what is brought back may take to stand. After that a release goes by what it sees, and may be what mends it.</summary>
    private static readonly TimeSpan RevivePatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>The platform of the clone at this root.</summary>
    public static LocalPlatform Of(string root, LocalWorkload workload, Func<ArtifactDigest, string> artifacts, TimeProvider time)
    {
        var places = Places(root);
        var client = new LocalCloudClient(places);
        return new(client, new LocalCloudProcess(places, client, new CarriedCloud(places, CarriedCloud.Folder), time), workload, artifacts, time);
    }

    /// <summary>Ends the cloud of the clone at this root and everything it runs, what a killed one left behind included, and forgets
    /// what was desired and stored there.</summary>
    /// <returns>What was done, for people.</returns>
    /// <exception cref="LocalCloudException">It does not end; the message says why.</exception>
    public static async Task<string> DownAsync(string root, TimeProvider time, CancellationToken cancellationToken)
    {
        var places = Places(root);
        using var client = new LocalCloudClient(places);
        return await new LocalCloudProcess(places, client, new CarriedCloud(places, CarriedCloud.Folder), time).EndAsync(forget: true, cancellationToken);
    }

    public static CloudPlaces Places(string root) => CloudPlaces.Of(root, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));

    public async Task<ApplyResult> ApplyAsync(DesiredRegion desired, CancellationToken cancellationToken)
    {
        try
        {
            await process.EnsureAsync(cancellationToken);
        }
        catch (LocalCloudException exception)
        {
            return new ApplyResult.Unknown(exception.Message);
        }

        var (environment, region) = (desired.Environment, desired.Target.Region);
        var wanted = new RegionDesired(
            desired.Generation,
            desired.Operation,
            [.. desired.Target.Versions.Select(v => new VersionDesired(v.Digest.ToString(), artifacts(v.Digest), v.Instances, v.Share.BasisPoints))],
            workload.Endpoints,
            desired.Target.Versions.Count == 0 ? null : workload.Traffic(environment, region),
            (int)Math.Clamp(StartShare * desired.StartDeadline.TotalSeconds, 1, 600),
            DrainSeconds,
            desired.Unwatched is { } rule ? Unwatched(rule) : null);
        return await AppliedAsync(token => client.ApplyAsync(environment, region, wanted, token), cancellationToken);
    }

    public async Task<ApplyResult> RemoveAsync(string environment, long generation, CancellationToken cancellationToken)
    {
        try
        {
            // A cloud that was killed may have left the environment running: the next one finds it and removes it.
            await process.EnsureAsync(cancellationToken);
        }
        catch (LocalCloudException exception)
        {
            return new ApplyResult.Unknown(exception.Message);
        }

        return await AppliedAsync(token => client.RemoveAsync(environment, generation, token), cancellationToken);
    }

    public async Task<string?> ReviveAsync(string environment, CancellationToken cancellationToken)
    {
        if (!process.IsToRun(environment)) return null;

        try
        {
            if (await process.EnsureAsync(cancellationToken)) await StandsAsync(environment, cancellationToken);
            return null;
        }
        catch (LocalCloudException exception)
        {
            return exception.Message;
        }
    }

    public async Task<ObserveResult> ObserveAsync(string environment, CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = new CallDeadlineSource(CallDeadline, time, cancellationToken);
            return new ObserveResult.Observed(Observation.Of(await client.ObserveAsync(environment, deadline.Token)));
        }
        catch (HttpRequestException exception) when (exception.StatusCode == System.Net.HttpStatusCode.NotFound || (LocalCloudClient.IsNobodyThere(exception) && !process.IsToRun(environment)))
        {
            // No such environment, or no cloud at all: nothing runs there.
            return new ObserveResult.Observed(new(environment, []));
        }
        catch (Exception exception) when (IsExpected(exception, cancellationToken))
        {
            return new ObserveResult.Unreachable(Why(exception, environment));
        }
    }

    public async Task ConfirmAsync(string environment, CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = new CallDeadlineSource(ConfirmDeadline, time, cancellationToken);
            await client.ConfirmAsync(environment, deadline.Token);
        }
        catch (Exception exception) when (IsExpected(exception, cancellationToken))
        {
            // Without it the region withdraws by itself, and that is seen.
        }
    }

    public async Task<TrafficReading> ReadAsync(string environment, CancellationToken cancellationToken)
    {
        try
        {
            var regions = (await client.ObserveAsync(environment, cancellationToken)).Regions.Select(r => r.Name).ToList();
            var texts = await Task.WhenAll(regions.Select(r => client.MetricsAsync(environment, r, cancellationToken)));
            var versions = new List<VersionTraffic>();
            foreach (var (region, text) in regions.Zip(texts))
            {
                var page = EdgeCounts.Read(text);
                if (page is OpenMetricsReading.Unreadable bad) return new TrafficReading.SourceFailed($"{region}: its metrics cannot be read: {bad.Because}");
                versions.AddRange(EdgeCounts.Of(region, ((OpenMetricsReading.Read)page).Samples));
            }

            return new TrafficReading.Counted(versions);
        }
        catch (Exception exception) when (IsExpected(exception, cancellationToken))
        {
            return new TrafficReading.SourceFailed(Why(exception, environment));
        }
    }

    /// <summary>What is known of the time before now. Whoever cannot tell tells nothing: nobody depends on it.</summary>
    public async Task<TrafficHistory> HistoryAsync(string environment, TimeSpan span, CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = new CallDeadlineSource(CallDeadline, time, cancellationToken);
            var regions = (await client.ObserveAsync(environment, deadline.Token)).Regions.Select(r => r.Name).ToList();
            var told = await Task.WhenAll(regions.Select(r => client.HistoryAsync(environment, r, span, deadline.Token)));
            return EdgeHistories.Of([.. regions.Zip(told)]);
        }
        catch (Exception exception) when (IsExpected(exception, cancellationToken))
        {
            return TrafficHistory.None;
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>In one order, so that the same rule twice is the same content.</summary>
    private static UnwatchedDesired Unwatched(UnwatchedRule rule)
    {
        var shares = rule.Shares.OrderBy(s => s.Key.Hex, StringComparer.Ordinal);
        return new(rule.After.TotalSeconds, shares.ToDictionary(s => s.Key.ToString(), s => s.Value.BasisPoints));
    }

    private async Task<ApplyResult> AppliedAsync(Func<CancellationToken, Task<CloudProblem?>> call, CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = new CallDeadlineSource(CallDeadline, time, cancellationToken);
            return await call(deadline.Token) switch
            {
                null => new ApplyResult.Accepted(),
                { NewestGeneration: { } newest } => new ApplyResult.Stale(newest),
                var problem => new ApplyResult.Refused(problem.Problem),
            };
        }
        catch (Exception exception) when (IsExpected(exception, cancellationToken))
        {
            return new ApplyResult.Unknown(exception.Message);
        }
    }

    private async Task StandsAsync(string environment, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (await ObserveAsync(environment, cancellationToken) is ObserveResult.Observed { Environment.Regions: var regions }
            && regions.Any(r => r.Convergence == Convergence.Converging)
            && time.GetElapsedTime(start) < RevivePatience)
        {
            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    private string Why(Exception exception, string environment) =>
        exception is HttpRequestException http && LocalCloudClient.IsNobodyThere(http) && process.IsToRun(environment)
            ? $"the local cloud does not run, though it is to run {environment}: the next release or rollback starts it again with all that it ran; LocalDown ends and forgets it"
            : exception.Message;

    private static bool IsExpected(Exception exception, CancellationToken caller) =>
        exception is HttpRequestException or JsonException or IOException || (exception is OperationCanceledException && !caller.IsCancellationRequested);

    /// <summary>A caller's token that also ends by itself.</summary>
    private sealed class CallDeadlineSource : IDisposable
    {
        private readonly CancellationTokenSource _own;
        private readonly CancellationTokenSource _linked;

        public CallDeadlineSource(TimeSpan after, TimeProvider time, CancellationToken caller)
        {
            _own = new CancellationTokenSource(after, time);
            _linked = CancellationTokenSource.CreateLinkedTokenSource(_own.Token, caller);
        }

        public CancellationToken Token => _linked.Token;

        public void Dispose()
        {
            _linked.Dispose();
            _own.Dispose();
        }
    }
}
