namespace Tidegate.Engine.Simulation;

/// <summary>One region of a <see cref="SimulatedPlatform"/>.</summary>
internal sealed class SimulatedRegion(string name, DateTimeOffset now, bool byInstance)
{
    private const double BaseMebibytes = 60;

    private readonly Dictionary<ArtifactDigest, SimulatedInstances> _instances = [];
    private readonly Dictionary<(ArtifactDigest Digest, string Endpoint), (double Requests, long Errors, long[] Slower)> _counts = [];
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
        Scale(at);
    }

    public void Lose(ArtifactDigest? digest, DateTimeOffset at) =>
        Jump(_stands with { Versions = [.. _stands.Versions.Where(v => digest is { } only && v.Digest != only)] }, at);

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
            [.. _instances[v.Digest].Started.Select((started, i) =>
                new InstanceObservation(Name(v.Digest, i), InstanceState.Ready, null, 0, Memory(behaviour(v.Digest), at - started)) { StartedAt = started })])).ToList();
        var convergence = _coming is null ? Convergence.Converged : _failure is not null && at >= _comesAt ? Convergence.Failed : Convergence.Converging;
        return new(name, Generation, convergence, _failure, null, versions, dependencies);
    }

    public IEnumerable<VersionTraffic> Traffic() => _counts
        .GroupBy(c => c.Key.Digest)
        .Select(g => new VersionTraffic(name, g.Key, g.ToDictionary(
            c => c.Key.Endpoint,
            c => new EndpointCounters((long)c.Value.Requests, c.Value.Errors, SimulatedLatency.Counted(c.Value.Slower)),
            StringComparer.Ordinal))
        {
            Instances = byInstance && _instances.GetValueOrDefault(g.Key) is { } instances
                ? instances.Counts(i => Name(g.Key, i))
                : new Dictionary<string, InstanceTraffic>(),
        });

    public IEnumerable<CountedEdge> Calls() => _calls.Select(c => new CountedEdge($"{name}-{c.Key.Brief[..4]}", name, c.Key, c.Value));

    public void Flow(DateTimeOffset at, double requestsPerSecond, IReadOnlyList<string> endpoints, Func<ArtifactDigest, SimulatedVersion> behaviour, double incident, SimulatedChance chance)
    {
        // Up to the instant at which new weights come into force, the old ones hold.
        if (_coming is not null && _failure is null && _comesAt > _flowedAt && _comesAt <= at)
        {
            Flow(_comesAt - _flowedAt, requestsPerSecond, endpoints, behaviour, incident, chance);
            _flowedAt = _comesAt;
        }

        Settle(at);
        Flow(at - _flowedAt, requestsPerSecond, endpoints, behaviour, incident, chance);
        _flowedAt = at;
    }

    private void Flow(TimeSpan span, double requestsPerSecond, IReadOnlyList<string> endpoints, Func<ArtifactDigest, SimulatedVersion> behaviour, double incident, SimulatedChance chance)
    {
        foreach (var version in _stands.Versions)
        {
            var fault = behaviour(version.Digest);
            foreach (var endpoint in endpoints)
            {
                var key = (version.Digest, endpoint);
                var (requests, errors, slower) = _counts.GetValueOrDefault(key, (0, 0, SimulatedLatency.None));
                var more = requests + (span.TotalSeconds * requestsPerSecond * version.Share.Ratio / endpoints.Count);
                var whole = (long)more - (long)requests;
                var failed = Chance.Draw(whole, Math.Max(fault.FailedCalls, incident), chance.Errors);
                _calls[version.Digest] = _calls.GetValueOrDefault(version.Digest).Plus(new EventCount(failed, whole));
                var wrong = Chance.Draw(whole, Math.Max(fault.ErrorRate, incident), chance.Errors);
                var all = SimulatedLatency.More(slower, whole, fault.SlowShare, chance.Latency);
                _counts[key] = (more, errors + wrong, all);
                if (byInstance) _instances[version.Digest].Answered(endpoint, new(whole, wrong, SimulatedLatency.Counted([.. all.Zip(slower, (now, before) => now - before)])));
            }
        }
    }

    private void Settle(DateTimeOffset at)
    {
        if (_coming is not { } coming || _failure is not null || at < _comesAt) return;
        (_stands, _coming) = (coming, null);
        Scale(_comesAt);
    }

    private void Scale(DateTimeOffset at)
    {
        foreach (var gone in _instances.Keys.Where(d => Instances(d) == 0).ToList()) _instances.Remove(gone);
        foreach (var version in _stands.Versions)
        {
            if (!_instances.TryGetValue(version.Digest, out var instances)) _instances[version.Digest] = instances = new();
            instances.Scale(version.Instances, at);
        }
    }

    private string Name(ArtifactDigest digest, int instance) => $"{name}-{digest.Brief[..4]}-{instance}";

    private static long Memory(SimulatedVersion behaviour, TimeSpan age) =>
        (long)((BaseMebibytes + (behaviour.LeakMebibytesPerSecond * age.TotalSeconds)) * 1024 * 1024);
}
