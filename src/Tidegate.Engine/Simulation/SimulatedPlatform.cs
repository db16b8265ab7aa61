namespace Tidegate.Engine.Simulation;

/// <summary>A platform made of arithmetic: instances take time to start, traffic flows by weight.</summary>
/// <remarks>Dry run, tests and benchmark use the same one. Everything is derived from the clock and the seed: the same
/// inputs give the same run. It keeps the rules that a real platform must keep: start first, stop last; an older
/// generation is refused.</remarks>
public sealed class SimulatedPlatform : IPlatform, ITrafficSource, IVersionProbe
{
    /// <summary>Share of requests that fail while the shared dependency is down.</summary>
    internal const double Outage = 0.5;

    private readonly Dictionary<string, SimulatedEnvironment> _running = new(StringComparer.Ordinal);
    private readonly List<string> _effects = [];
    private readonly IReadOnlyList<DeploymentEnvironment> _environments;
    private readonly TimeProvider _time;
    private readonly SimulatedContext _context;

    /// <param name="world">Null: quiet.</param>
    public SimulatedPlatform(
        IEnumerable<DeploymentEnvironment> environments,
        IEnumerable<string> endpoints,
        TimeProvider time,
        int seed,
        SimulatedWorld? world = null)
    {
        _environments = [.. environments];
        _time = time;
        _context = new(world ?? SimulatedWorld.Quiet, [.. endpoints], time.GetUtcNow(), seed);
        Removed = [];
    }

    /// <summary>A version that no longer runs, which edges may still have counts of.</summary>
    public static ArtifactDigest Withdrawn { get; } = ArtifactDigest.Parse("sha256:" + new string('e', 64));

    /// <summary>Whose fault the world's is. Null, the default: nobody's.</summary>
    public ArtifactDigest? Candidate
    {
        get => _context.Candidate;
        set => _context.Candidate = value;
    }

    /// <summary>How versions behave; one that is not named is healthy.</summary>
    public Dictionary<ArtifactDigest, SimulatedVersion> Versions => _context.Versions;

    /// <summary>How long an instance takes to become ready.</summary>
    public TimeSpan StartTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From when on the dependency that all share is down, counted from the start; null: never.</summary>
    public TimeSpan? SharedOutageAfter { get; set; }

    /// <summary>The callees that all versions share.</summary>
    public IReadOnlyList<string> Shared { get; init; } = ["shared"];

    /// <summary>How long edges had counted when <see cref="Seed"/> put a version there. Default: not at all.</summary>
    public TimeSpan CountedBefore { get; init; }

    /// <summary>Every effect in order, for tests that count them.</summary>
    public IReadOnlyList<string> Effects => _effects;

    /// <summary>Environments that were removed.</summary>
    public List<string> Removed { get; }

    /// <summary>Requests that failed, of all versions.</summary>
    public long FailedRequests => _running.Values.Sum(e => e.Regions.Sum(r => r.Arms.Sum(a => a.Tally.Total.Events)));

    /// <summary>The candidate's failed or too slow requests above what the running version would have had.</summary>
    public double BadRequests => _context.Bad;

    private double Now => _context.Seconds(_time.GetUtcNow());

    private bool SharedDown => SharedOutageAfter is { } after && Now >= after.TotalSeconds;

    /// <summary>Puts a version in place at once, as if it had always run there.</summary>
    public void Seed(string environment, ArtifactDigest digest)
    {
        var at = Of(environment);
        foreach (var region in Declared(environment).Regions)
        {
            at[region.Name].Jump(new(region.Name, [new(digest, region.Instances, TrafficShare.All)]), Now, old: true);
            if (CountedBefore > TimeSpan.Zero) at[region.Name].Past(CountedBefore.TotalSeconds);
        }
    }

    /// <summary>What runs in a region is gone without an order: a machine is lost, or somebody removed it.</summary>
    /// <param name="digest">Only this version; null: all.</param>
    public void Lose(string environment, string region, ArtifactDigest? digest = null) =>
        Live(environment, requests: true)[region].Lose(digest, Now);

    /// <summary>Failed requests among all of a version, counters from before included.</summary>
    public EventCount RequestsOf(string environment, ArtifactDigest digest) =>
        Live(environment, requests: true).Regions
            .Select(r => r.Arm(digest)?.Tally.Total ?? default)
            .Aggregate(default(EventCount), (a, b) => a.Plus(b));

    public Task<ApplyResult> ApplyAsync(DesiredRegion desired, CancellationToken cancellationToken)
    {
        var region = Live(desired.Environment, requests: true)[desired.Target.Region];
        if (desired.Generation < region.Generation)
        {
            return Task.FromResult<ApplyResult>(new ApplyResult.Stale(region.Generation));
        }

        _effects.Add($"{desired.Environment}/{desired.Target}");
        var crash = desired.Target.Versions.FirstOrDefault(v =>
            _context.Behaviour(v.Digest).CrashesAtStart && region.Instances(v.Digest) < v.Instances);
        var failure = crash is null
            ? null
            : $"an instance of {crash.Digest.Brief} exited with code 134 before it was ready";
        region.Begin(desired, Now, StartTime.TotalSeconds, failure);
        return Task.FromResult<ApplyResult>(new ApplyResult.Accepted());
    }

    public Task<ObserveResult> ObserveAsync(string environment, CancellationToken cancellationToken)
    {
        var (live, now, well) = (Live(environment, requests: false), Now, !SharedDown);
        DependencyObservation[] dependencies = [.. Shared.Select(s => new DependencyObservation(s, true, null, well))];
        RegionObservation[] regions = [.. live.Regions.Select(r => r.Observe(now, dependencies))];
        return Task.FromResult<ObserveResult>(new ObserveResult.Observed(new(environment, regions)));
    }

    public Task ConfirmAsync(string environment, CancellationToken cancellationToken)
    {
        foreach (var region in Live(environment, requests: false).Regions) region.Confirm(Now);
        return Task.CompletedTask;
    }

    /// <summary>Arithmetic is never lost.</summary>
    public Task<string?> ReviveAsync(string environment, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    public Task<ApplyResult> RemoveAsync(string environment, long generation, CancellationToken cancellationToken)
    {
        _running.Remove(environment);
        _effects.Add($"{environment} removed");
        Removed.Add(environment);
        return Task.FromResult<ApplyResult>(new ApplyResult.Accepted());
    }

    /// <summary>Calls of every version to the callee that all share, as its instances count them.</summary>
    public IReadOnlyList<CountedEdge> Calls(string environment) =>
        [..
            from region in Live(environment, requests: true).Regions
            from arm in region.Arms
            where arm.Instances.Count > 0
            select new CountedEdge($"{region.Name}-{arm.Digest.Brief[..4]}", region.Name, arm.Digest, arm.Calls)];

    public Task<TrafficReading> ReadAsync(string environment, CancellationToken cancellationToken)
    {
        var live = Live(environment, requests: true);
        VersionTraffic[] versions = [.. live.Regions.SelectMany(r => r.Arms, (_, arm) => arm.Traffic())];
        return Task.FromResult<TrafficReading>(new TrafficReading.Counted(versions));
    }

    public Task<TrafficHistory> HistoryAsync(string environment, TimeSpan span, CancellationToken cancellationToken) =>
        Task.FromResult(Live(environment, requests: true).History(Now, span));

    public Task<IReadOnlyList<ProbeCount>> ProbeAsync(
        ReleasePlan plan,
        EnvironmentObservation now,
        IReadOnlyList<ProbeRequest> requests,
        CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProbeCount>>([.. requests.Select(r => Ask(plan.Environment, r))]);

    /// <summary>A walk of the journeys, three requests, fails as three users' requests do.</summary>
    public bool WalkFails(string region, ArtifactDigest version) => WalkFails(Around(region), region, version);

    /// <summary>How many instances do not pass their readiness probe now.</summary>
    public int NotReady(string region, ArtifactDigest version) => NotReady(Around(region), region, version);

    private ProbeCount Ask(string environment, ProbeRequest request)
    {
        var (live, failed) = (Live(environment, requests: false), 0);
        var instances = live[request.Region].Arm(request.Version)?.Instances.Count ?? 0;
        if (instances == 0) return new(request, 0, 0);

        for (var i = 0; i < request.Times; i++)
        {
            failed += request.Kind == ProbeKind.Readiness
                ? NotReady(live, request.Region, request.Version)
                : WalkFails(live, request.Region, request.Version) ? 1 : 0;
        }

        return new(request, request.Kind == ProbeKind.Readiness ? instances * request.Times : request.Times, failed);
    }

    private bool WalkFails(SimulatedEnvironment live, string region, ArtifactDigest version)
    {
        if (live[region].Arm(version) is not { } arm || arm.Ready(Now) == 0) return true;
        if (_context.Behaviour(version).JourneysFail) return true;

        var fault = _context.Fault(version, region, Now);
        return SimulatedJourney.Fails(_context, arm, live[region].Slice(live.Weather), fault, Now);
    }

    private int NotReady(SimulatedEnvironment live, string region, ArtifactDigest version)
    {
        if (live[region].Arm(version) is not { } arm) return 0;

        var ready = arm.Ready(Now);
        return arm.Instances.Count - ready + (int)_context.Probes.Binomial(ready, _context.World.ReadinessMisses);
    }

    private SimulatedEnvironment Around(string region) =>
        Live(_environments.First(e => e.Regions.Any(r => r.Name == region)).Name, requests: false);

    private DeploymentEnvironment Declared(string environment) => _environments.Single(e => e.Name == environment);

    private SimulatedEnvironment Of(string environment)
    {
        if (_running.TryGetValue(environment, out var known)) return known;

        var number = _environments.TakeWhile(e => e.Name != environment).Count();
        return _running[environment] = new(_context, Declared(environment), number, Now);
    }

    /// <summary>What has happened until now has happened.</summary>
    private SimulatedEnvironment Live(string environment, bool requests)
    {
        _context.SharedDown = SharedDown;
        var live = Of(environment);
        live.Advance(Now, requests);
        return live;
    }
}
