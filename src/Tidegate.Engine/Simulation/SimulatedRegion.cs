namespace Tidegate.Engine.Simulation;

/// <summary>One region of a <see cref="SimulatedPlatform"/>.</summary>
internal sealed class SimulatedRegion(string name, DateTimeOffset now)
{
    private const double SlowMilliseconds = 60_000;
    private const double BaseMebibytes = 60;

    private readonly Dictionary<ArtifactDigest, DateTimeOffset> _since = [];
    private readonly Dictionary<(ArtifactDigest Digest, string Endpoint), (double Requests, long Errors, long Slow)> _counts = [];
    private readonly Dictionary<ArtifactDigest, EventCount> _calls = [];
    private RegionTarget _stands = new(name, []);
    private RegionTarget? _coming;
    private DateTimeOffset _comesAt;
    private DateTimeOffset _flowedAt = now;
    private string? _failure;

    public long Generation { get; private set; }

    public long Failed => _counts.Values.Sum(c => c.Errors);

    public int Instances(ArtifactDigest digest) => _stands.Versions.FirstOrDefault(v => v.Digest == digest)?.Instances ?? 0;

    public void Jump(RegionTarget target, DateTimeOffset at)
    {
        _stands = target;
        foreach (var version in target.Versions) _since.TryAdd(version.Digest, at);
    }

    public void Begin(DesiredRegion desired, DateTimeOffset at, TimeSpan startTime, string? failure)
    {
        Generation = desired.Generation;
        var starts = desired.Target.Versions.Any(v => v.Instances > Instances(v.Digest));
        (_coming, _failure, _comesAt) = (desired.Target, failure, starts ? at + startTime : at);
    }

    public RegionObservation Observe(DateTimeOffset at, Func<ArtifactDigest, SimulatedVersion> behaviour, IReadOnlyList<DependencyObservation> dependencies)
    {
        Settle(at);
        var versions = _stands.Versions.Select(v => new VersionObservation(
            v.Digest,
            v.Share,
            [.. Enumerable.Range(0, v.Instances).Select(i => new InstanceObservation($"{name}-{v.Digest.Brief[..4]}-{i}", InstanceState.Ready, null, 0, Memory(v.Digest, behaviour(v.Digest), at)))])).ToList();
        var convergence = _coming is null ? Convergence.Converged : _failure is not null && at >= _comesAt ? Convergence.Failed : Convergence.Converging;
        return new(name, Generation, convergence, _failure, null, versions, dependencies);
    }

    public IEnumerable<VersionTraffic> Traffic() => _counts
        .GroupBy(c => c.Key.Digest)
        .Select(g => new VersionTraffic(name, g.Key, g.ToDictionary(
            c => c.Key.Endpoint,
            c => new EndpointCounters((long)c.Value.Requests, c.Value.Errors, new Dictionary<double, long> { [SlowMilliseconds] = c.Value.Slow }),
            StringComparer.Ordinal)));

    public IEnumerable<CountedEdge> Calls() => _calls.Select(c => new CountedEdge($"{name}-{c.Key.Brief[..4]}", name, c.Key, c.Value));

    public void Flow(DateTimeOffset at, double requestsPerSecond, IReadOnlyList<string> endpoints, Func<ArtifactDigest, SimulatedVersion> behaviour, double incident, Random random)
    {
        // Up to the instant at which new weights come into force, the old ones hold.
        if (_coming is not null && _failure is null && _comesAt > _flowedAt && _comesAt <= at)
        {
            Flow(_comesAt - _flowedAt, requestsPerSecond, endpoints, behaviour, incident, random);
            _flowedAt = _comesAt;
        }

        Settle(at);
        Flow(at - _flowedAt, requestsPerSecond, endpoints, behaviour, incident, random);
        _flowedAt = at;
    }

    private void Flow(TimeSpan span, double requestsPerSecond, IReadOnlyList<string> endpoints, Func<ArtifactDigest, SimulatedVersion> behaviour, double incident, Random random)
    {
        foreach (var version in _stands.Versions)
        {
            var fault = behaviour(version.Digest);
            foreach (var endpoint in endpoints)
            {
                var key = (version.Digest, endpoint);
                var (requests, errors, slow) = _counts.GetValueOrDefault(key);
                var more = requests + (span.TotalSeconds * requestsPerSecond * version.Share.Ratio / endpoints.Count);
                var whole = (long)more - (long)requests;
                var failed = Draw(whole, Math.Max(fault.FailedCalls, incident), random);
                _calls[version.Digest] = _calls.GetValueOrDefault(version.Digest).Plus(new EventCount(failed, whole));
                _counts[key] = (more, errors + Draw(whole, Math.Max(fault.ErrorRate, incident), random), slow + Draw(whole, fault.SlowShare, random));
            }
        }
    }

    private void Settle(DateTimeOffset at)
    {
        if (_coming is not { } coming || _failure is not null || at < _comesAt) return;
        foreach (var version in coming.Versions.Where(v => Instances(v.Digest) == 0)) _since[version.Digest] = _comesAt;
        (_stands, _coming) = (coming, null);
    }

    private long Memory(ArtifactDigest digest, SimulatedVersion behaviour, DateTimeOffset at) =>
        (long)((BaseMebibytes + (behaviour.LeakMebibytesPerSecond * (at - _since.GetValueOrDefault(digest, at)).TotalSeconds)) * 1024 * 1024);

    /// <summary>How many of n happen: exact draws for few, the normal approximation for many.</summary>
    private static long Draw(long n, double p, Random random)
    {
        if (n <= 0 || p <= 0) return 0;
        if (p >= 1) return n;
        if (n <= 1_000) return Enumerable.Range(0, (int)n).Count(_ => random.NextDouble() < p);

        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Clamp((long)Math.Round((n * p) + (normal * Math.Sqrt(n * p * (1 - p)))), 0, n);
    }
}
