namespace Tidegate.Engine.Simulation;

/// <summary>One region of a simulation: what stands, what is coming, who takes which requests.</summary>
internal sealed class SimulatedRegion(SimulatedContext context, Region region, int number, double now)
{
    private readonly List<SimulatedArm> _arms = [];
    private RegionTarget _stands = new(region.Name, []);
    private (SimulatedArm Arm, TrafficShare Share)[] _routed = [];
    private RegionTarget? _coming;
    private double _comesAt;
    private double _flowedAt = now;
    private double _confirmedAt = now;
    private UnwatchedRule? _unwatched;
    private bool _withdrawn;
    private string? _failure;

    public string Name => region.Name;

    public long Generation { get; private set; }

    public IReadOnlyList<SimulatedArm> Arms => _arms;

    public IReadOnlyList<(SimulatedArm Arm, TrafficShare Share)> Routed => _routed;

    public int Instances(ArtifactDigest digest) => Wanted(_stands, digest);

    public SimulatedArm? Arm(ArtifactDigest digest) => _arms.Find(a => a.Digest == digest);

    /// <summary>What stands is this at once.</summary>
    public void Jump(RegionTarget target, double at, bool old)
    {
        _stands = target;
        Scale(at, old);
    }

    public void Lose(ArtifactDigest? digest, double at) => Jump(
        _stands with { Versions = [.. _stands.Versions.Where(v => digest is { } only && v.Digest != only)] },
        at,
        old: false);

    /// <summary>What begins to start goes on to: only more instances than were coming begin the wait anew.</summary>
    public void Begin(DesiredRegion desired, double at, double startTime, string? failure)
    {
        Generation = desired.Generation;
        var versions = desired.Target.Versions;
        var starts = versions.Any(v => v.Instances > Instances(v.Digest));
        var coming = _coming ?? _stands;
        var more = versions.Any(v => v.Instances > Math.Max(Instances(v.Digest), Wanted(coming, v.Digest)));
        _comesAt = !starts ? at : more || _failure is not null ? at + startTime : Math.Max(at, _comesAt);
        (_coming, _failure, _withdrawn) = (desired.Target, failure, false);
        (_unwatched, _confirmedAt) = (desired.Unwatched, at);
    }

    public void Confirm(double at) => _confirmedAt = at;

    /// <summary>Something happens until then that changes who takes which requests.</summary>
    public bool ChangesUntil(double at) => NextChange() <= at;

    /// <summary>Lets requests flow until then, by the shares in effect.</summary>
    public void Flow(SimulatedWeather weather, double until)
    {
        while (true)
        {
            var next = Math.Max(_flowedAt, Math.Min(until, NextChange()));
            if (next > _flowedAt) Flow(Slice(weather) with { Seconds = next - _flowedAt });
            _flowedAt = next;
            if (!Change(next)) return;
        }
    }

    /// <summary>A window of the weather begins.</summary>
    public void Window(SimulatedWeather weather)
    {
        Occupy(weather);
        foreach (var arm in _arms)
        {
            var share = Array.Find(_routed, r => r.Arm == arm).Share.Ratio;
            arm.Window(weather.At, Requests(weather) * share / Math.Max(1, arm.Ready(weather.At)));
        }
    }

    /// <summary>Which instance works beside its requests in this window.</summary>
    public void Occupy(SimulatedWeather weather)
    {
        if (context.World.Job is null) return;

        var busy = weather.Busy(number, _arms.Sum(a => a.Instances.Count));
        foreach (var arm in _arms)
        {
            arm.Odds.Busy = busy >= 0 && busy < arm.Instances.Count ? arm.Instances[busy.Value] : null;
            busy -= arm.Instances.Count;
        }
    }

    /// <summary>Counters from before, as expected of such a time.</summary>
    public void Past(double seconds)
    {
        foreach (var (arm, share) in _routed)
        {
            var requests = seconds * region.RequestsPerSecond * context.World.Traffic * share.Ratio;
            arm.Tally.Past(requests, requests * context.World.Failure);
        }

        if (context.World.History is not { } withdrawn || region.RequestsPerSecond <= 0) return;
        Of(SimulatedPlatform.Withdrawn).Tally.Past(withdrawn.Requests, withdrawn.Failures);
    }

    public SimulatedSlice Slice(SimulatedWeather weather) => new(weather, number, _flowedAt, 0, Requests(weather));

    public RegionObservation Observe(double at, IReadOnlyList<DependencyObservation> dependencies)
    {
        var convergence = _coming is null ? Convergence.Converged
            : _failure is not null && at >= _comesAt ? Convergence.Failed : Convergence.Converging;
        var versions = new VersionObservation[_routed.Length];
        for (var i = 0; i < versions.Length; i++) versions[i] = Observe(_routed[i].Arm, _routed[i].Share, at);
        return new(region.Name, Generation, convergence, _failure, null, versions, dependencies)
        {
            Withdrawn = _withdrawn,
        };
    }

    private VersionObservation Observe(SimulatedArm arm, TrafficShare share, double at)
    {
        var (behaviour, fault) = (context.Behaviour(arm.Digest), context.Fault(arm.Digest, region.Name, at));
        var instances = new InstanceObservation[arm.Instances.Count];
        for (var i = 0; i < instances.Length; i++)
        {
            var instance = arm.Instances[i];
            var state = at < instance.ReadyAt ? InstanceState.Starting : InstanceState.Ready;
            instances[i] = new(instance.Id, state, null, instance.Restarts, instance.Bytes(at, behaviour, fault))
            {
                StartedAt = context.Instant(instance.Started),
                Zone = Zones[instance.Zone],
            };
        }

        return new(arm.Digest, share, instances);
    }

    private static readonly string[] Zones = ["a", "b", "c"];

    private static int Wanted(RegionTarget target, ArtifactDigest digest)
    {
        foreach (var version in target.Versions) if (version.Digest == digest) return version.Instances;
        return 0;
    }

    private double Requests(SimulatedWeather weather) =>
        region.RequestsPerSecond * weather.Rate(Math.Max(0, weather.At));

    private double NextChange()
    {
        var next = _coming is not null && _failure is null ? _comesAt : double.PositiveInfinity;
        return _unwatched is null ? next : Math.Min(next, _confirmedAt + _unwatched.After.TotalSeconds);
    }

    private bool Change(double at)
    {
        if (NextChange() > at) return false;
        if (_coming is not null && _failure is null && _comesAt <= at)
        {
            (_stands, _coming) = (_coming, null);
            Scale(at, old: false);
            return true;
        }

        // Nobody confirmed that the region is watched: shares go back, instances stay.
        _stands = _stands with
        {
            Versions = [.. _stands.Versions.Select(v =>
                v with { Share = _unwatched!.Shares.GetValueOrDefault(v.Digest) })],
        };
        (_unwatched, _withdrawn) = (null, true);
        Scale(at, old: false);
        return true;
    }

    private void Flow(in SimulatedSlice slice)
    {
        if (slice.Requests <= 0) return;

        var (unserved, ready) = (0.0, 0.0);
        foreach (var (arm, share) in _routed)
        {
            if (arm.Ready(slice.At) == 0) unserved += share.Ratio;
            else ready += share.Ratio;
        }

        for (var i = 0; i < _routed.Length; i++)
        {
            var (arm, share) = _routed[i];
            if (arm.Ready(slice.At) == 0) continue;

            // Whose version has nobody ready is answered by the other one.
            var ratio = unserved == 0 ? share.Ratio : ready > 0 ? share.Ratio * (ready + unserved) / ready : unserved;
            var again = arm.Flow(slice, slice.Expected * ratio);
            if (again > 0) _routed[_routed.Length > 1 ? 1 - Math.Min(i, 1) : 0].Arm.Save(again);
            if (ready == 0) return;
        }

        if (ready == 0 && unserved > 0) _routed[0].Arm.Tally.Refuse(context.Counts.Poisson(slice.Expected * unserved));
    }

    private void Scale(double at, bool old)
    {
        foreach (var arm in _arms) if (Instances(arm.Digest) == 0) arm.Scale(0, at, old);

        var before = _routed;
        _routed = [.. _stands.Versions.Select(v => (Of(v.Digest), v.Share))];
        for (var i = 0; i < _routed.Length; i++)
        {
            var (arm, share) = _routed[i];
            arm.Scale(_stands.Versions[i].Instances, at, old);
            if (!old && share > Array.Find(before, b => b.Arm == arm).Share) arm.Odds.Churn(at);
        }
    }

    private SimulatedArm Of(ArtifactDigest digest)
    {
        if (Arm(digest) is { } known) return known;
        _arms.Add(new(context, region.Name, digest));
        return _arms[^1];
    }
}
