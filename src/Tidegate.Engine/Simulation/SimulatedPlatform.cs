namespace Tidegate.Engine.Simulation;

/// <summary>A platform made of arithmetic: instances start after a while, traffic flows by weight, faults happen as told.</summary>
/// <remarks>The dry run and the tests use the same one. Everything is derived from the clock and the seed: the same inputs
/// give the same run. It keeps the rules that a real platform must keep: start first, stop last; an older generation is refused.</remarks>
public sealed class SimulatedPlatform : IPlatform, ITrafficSource
{
    private readonly Dictionary<(string Environment, string Region), SimulatedRegion> _regions = [];
    private readonly List<string> _effects = [];
    private readonly IReadOnlyList<DeploymentEnvironment> _environments;
    private readonly IReadOnlyList<string> _endpoints;
    private readonly TimeProvider _time;
    private readonly SimulatedChance _chance;
    private readonly DateTimeOffset _began;

    public SimulatedPlatform(IEnumerable<DeploymentEnvironment> environments, IEnumerable<string> endpoints, TimeProvider time, int seed)
    {
        _environments = [.. environments];
        _endpoints = [.. endpoints];
        _time = time;
        _chance = new(new Random(seed), new Random(seed + 1));
        _began = time.GetUtcNow();
        Removed = [];
    }

    /// <summary>How versions behave; one that is not named is healthy.</summary>
    public Dictionary<ArtifactDigest, SimulatedVersion> Versions { get; } = [];

    /// <summary>How long an instance takes to become ready.</summary>
    public TimeSpan StartTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From when on, counted from the start, the dependency that all versions share is down; null: never.</summary>
    public TimeSpan? SharedOutageAfter { get; set; }

    /// <summary>The callees that all versions share.</summary>
    public IReadOnlyList<string> Shared { get; init; } = ["shared"];

    /// <summary>The edges tell counts by instance too, which a comparison with fresh instances needs and which makes a long run slower. Default false.</summary>
    public bool CountsByInstance { get; init; }

    /// <summary>Every effect in order, for tests that count them.</summary>
    public IReadOnlyList<string> Effects => _effects;

    /// <summary>Environments that were removed.</summary>
    public List<string> Removed { get; }

    /// <summary>Requests that failed, of all versions.</summary>
    public long FailedRequests => _regions.Values.Sum(r => r.Failed);

    private bool SharedDown => SharedOutageAfter is { } after && _time.GetUtcNow() - _began >= after;

    /// <summary>Puts a version in place at once, as if it had always run there.</summary>
    public void Seed(string environment, ArtifactDigest digest)
    {
        foreach (var region in _environments.Single(e => e.Name == environment).Regions)
        {
            Of(environment, region.Name).Jump(new(region.Name, [new(digest, region.Instances, TrafficShare.All)]), _time.GetUtcNow());
        }
    }

    /// <summary>What runs in a region is gone at once, without an order: a machine is lost, or somebody has removed it.</summary>
    /// <param name="digest">Only this version; null: all.</param>
    public void Lose(string environment, string region, ArtifactDigest? digest = null)
    {
        Flow(environment);
        Of(environment, region).Lose(digest, _time.GetUtcNow());
    }

    public Task<ApplyResult> ApplyAsync(DesiredRegion desired, CancellationToken cancellationToken)
    {
        var region = Of(desired.Environment, desired.Target.Region);
        if (desired.Generation < region.Generation) return Task.FromResult<ApplyResult>(new ApplyResult.Stale(region.Generation));

        Flow(desired.Environment);
        _effects.Add($"{desired.Environment}/{desired.Target}");
        var crash = desired.Target.Versions.FirstOrDefault(v => Behaviour(v.Digest).CrashesAtStart && region.Instances(v.Digest) < v.Instances);
        region.Begin(desired, _time.GetUtcNow(), StartTime, crash is null ? null : $"an instance of {crash.Digest.Brief} exited with code 134 before it was ready");
        return Task.FromResult<ApplyResult>(new ApplyResult.Accepted());
    }

    public Task<ObserveResult> ObserveAsync(string environment, CancellationToken cancellationToken)
    {
        Flow(environment);
        var regions = _environments.Single(e => e.Name == environment).Regions
            .Select(r => Of(environment, r.Name).Observe(_time.GetUtcNow(), Behaviour, [.. Shared.Select(name => new DependencyObservation(name, true, null, !SharedDown))]))
            .ToList();
        return Task.FromResult<ObserveResult>(new ObserveResult.Observed(new(environment, regions)));
    }

    public Task<string?> ReviveAsync(string environment, CancellationToken cancellationToken) => Task.FromResult<string?>(null); // arithmetic is never lost

    public Task<ApplyResult> RemoveAsync(string environment, long generation, CancellationToken cancellationToken)
    {
        foreach (var key in _regions.Keys.Where(k => k.Environment == environment).ToList()) _regions.Remove(key);
        _effects.Add($"{environment} removed");
        Removed.Add(environment);
        return Task.FromResult<ApplyResult>(new ApplyResult.Accepted());
    }

    /// <summary>Calls of every version to the callee that all share, as their instances count them.</summary>
    public IReadOnlyList<CountedEdge> Calls(string environment)
    {
        Flow(environment);
        return [.. _environments.Single(e => e.Name == environment).Regions.SelectMany(r => Of(environment, r.Name).Calls())];
    }

    public Task<TrafficReading> ReadAsync(string environment, CancellationToken cancellationToken)
    {
        Flow(environment);
        var versions = _environments.Single(e => e.Name == environment).Regions.SelectMany(r => Of(environment, r.Name).Traffic()).ToList();
        return Task.FromResult<TrafficReading>(new TrafficReading.Counted(versions));
    }

    public Task<TrafficHistory> HistoryAsync(string environment, TimeSpan span, CancellationToken cancellationToken) => Task.FromResult(TrafficHistory.None);

    public Task ConfirmAsync(string environment, CancellationToken cancellationToken) => Task.CompletedTask;

    private SimulatedVersion Behaviour(ArtifactDigest digest) => Versions.GetValueOrDefault(digest) ?? SimulatedVersion.Healthy;

    private SimulatedRegion Of(string environment, string region)
    {
        if (_regions.TryGetValue((environment, region), out var known)) return known;
        return _regions[(environment, region)] = new SimulatedRegion(region, _time.GetUtcNow(), CountsByInstance);
    }

    /// <summary>Lets the traffic since the last look flow, by the weights in effect.</summary>
    private void Flow(string environment)
    {
        foreach (var region in _environments.Single(e => e.Name == environment).Regions)
        {
            Of(environment, region.Name).Flow(_time.GetUtcNow(), region.RequestsPerSecond, _endpoints, Behaviour, SharedDown ? 0.5 : 0, _chance);
        }
    }
}
