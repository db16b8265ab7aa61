namespace Tidegate.Engine.Simulation;

/// <summary>One version in one region: its instances, and what they answered. Counts stay when instances go.</summary>
internal sealed class SimulatedArm
{
    /// <summary>Requests take so many times as long in an incident.</summary>
    private const double Unwell = 1.6;

    /// <summary>The age in seconds of what had always run.</summary>
    private const double Days = 3 * 86400;

    private readonly SimulatedContext _context;
    private readonly string _region;
    private readonly long[] _cells;
    private readonly long[] _requests;
    private readonly long[] _failed;
    private readonly SimulatedAnswers[] _answers;
    private readonly List<SimulatedInstance> _instances = [];
    private ShortNames? _names;
    private EventCount _calls;
    private int _next;
    private double _churnUntil = double.NegativeInfinity;

    public SimulatedArm(SimulatedContext context, string region, ArtifactDigest digest)
    {
        (_context, _region, Digest) = (context, region, digest);
        var endpoints = context.Endpoints.All.Count;
        _cells = new long[endpoints * (context.Models.Edges.Length + 1)];
        (_requests, _failed) = (new long[endpoints], new long[endpoints]);
        _answers = [.. Enumerable.Range(0, endpoints).Select(_ => new SimulatedAnswers())];
    }

    public ArtifactDigest Digest { get; }

    public IReadOnlyList<SimulatedInstance> Instances => _instances;

    public EventCount Calls => _calls;

    public EventCount Total => new(_failed.Sum(), _requests.Sum());

    public int Ready(double at)
    {
        var ready = 0;
        foreach (var instance in _instances) if (at >= instance.ReadyAt) ready++;
        return ready;
    }

    /// <summary>More are started now; the youngest leave first.</summary>
    /// <param name="old">They are found running, and have been for days.</param>
    public void Scale(int instances, double at, bool old)
    {
        if (instances == _instances.Count) return;
        if (instances < _instances.Count) _instances.RemoveRange(instances, _instances.Count - instances);
        while (_instances.Count < instances)
        {
            var number = _next++;
            var id = $"{_region}-{Digest.Brief[..4]}-{number}";
            _instances.Add(new(_context, id, number, old ? at - Days : at, at));
        }

        _names = null;
    }

    public void Churn(double at)
    {
        if (_context.World.Churn is { } churn) _churnUntil = at + churn.Lasts.TotalSeconds;
    }

    /// <summary>Counters of a time before the simulation: what is expected of it, without chance.</summary>
    public void Past(double requests, double failures)
    {
        var (model, endpoints) = (_context.Models.Of(LatencyShape.Usual), _requests.Length);
        for (var e = 0; e < endpoints; e++)
        {
            _requests[e] += (long)Math.Round(requests / endpoints);
            _failed[e] += (long)Math.Round(failures / endpoints);
            model.Expect(requests / endpoints, _cells, e * _cells.Length / endpoints);
        }
    }

    /// <summary>A window begins: chance, and who dies in it.</summary>
    /// <param name="requests">That each instance expects each second.</param>
    public void Window(double at, double requests)
    {
        var fault = _context.Fault(Digest, _region, at);
        var crash = fault?.Crash is { } each ? 1 / each.TotalHours : 0;
        var rate = _context.World.Restarts + crash;
        foreach (var instance in _instances)
        {
            instance.Window(at);
            if (rate <= 0 || at < instance.ReadyAt) continue;
            if (!_context.Lives.Chance(1 - Math.Exp(-rate * SimulatedWeather.Window / 3600))) continue;

            // What it was answering dies with it: about a second of its requests.
            var lost = _context.Lives.Poisson(requests);
            for (var i = 0L; i < lost; i++) Lose(instance, (int)(_context.Lives.Uniform() * _requests.Length));
            if (crash > 0) _context.Bad += lost;
            instance.Die(at);
        }
    }

    /// <summary>So many requests of the slice are this version's.</summary>
    /// <returns>How many were broken off, and must be answered elsewhere.</returns>
    public long Flow(in SimulatedSlice slice, double expected)
    {
        if (expected <= 0 || Ready(slice.At) is var ready && ready == 0) return 0;

        var (behaviour, fault) = (_context.Behaviour(Digest), _context.Fault(Digest, _region, slice.At));
        var (again, before) = (0L, _requests.Sum());
        foreach (var instance in _instances)
        {
            if (slice.At < instance.ReadyAt) continue;
            var requests = _context.Counts.Poisson(expected / ready);
            if (requests > 0) again += Answer(instance, requests, slice, fault);
        }

        Call(slice, behaviour, _requests.Sum() - before);
        return again;
    }

    /// <summary>Requests that another version broke off; they do well here.</summary>
    public void Save(long requests)
    {
        if (_instances.Count == 0) return;
        var instance = _instances[(int)(_context.Latency.Uniform() * _instances.Count)];
        Count(instance, requests, instance.Model(LatencyShape.Usual), stackalloc long[_requests.Length]);
    }

    /// <summary>Nobody is there to answer.</summary>
    public void Refuse(long requests)
    {
        for (var i = 0L; i < requests; i++)
        {
            var endpoint = (int)(i % _requests.Length);
            _requests[endpoint]++;
            _failed[endpoint]++;
            _answers[endpoint].NoAnswer++;
            _cells[endpoint * (_cells.Length / _requests.Length)]++;
        }
    }

    /// <summary>The share of one instance's requests that fail now, the fault aside.</summary>
    public double Failing(SimulatedInstance instance, in SimulatedSlice slice)
    {
        var share = 1 - ((1 - Chance(instance, slice)) * (1 - _context.Behaviour(Digest).ErrorRate));
        return _context.SharedDown ? Math.Max(share, SimulatedPlatform.Outage) : share;
    }

    /// <summary>The part of it that the world makes.</summary>
    public double Chance(SimulatedInstance instance, in SimulatedSlice slice)
    {
        var world = _context.World;
        var share = world.Failure * slice.Weather.Factor(slice.Region) * instance.Factor;
        if (world.Start is { Fails: true } start)
        {
            share *= 1 + (start.Strength * Math.Exp(-instance.Age(slice.At) / start.Lasts.TotalSeconds));
        }

        share += slice.Weather.Incident(slice.Region, instance.Zone);
        if (instance == Busy) share += world.Job!.Failure;
        if (world.Churn is { } churn && slice.At < _churnUntil)
        {
            share += churn.Failure * Math.Min(1, (_churnUntil - slice.At) / Math.Max(slice.Seconds, 1e-9));
        }

        return Math.Min(1, share);
    }

    /// <summary>The instance that works beside its requests; null: none.</summary>
    public SimulatedInstance? Busy { get; set; }

    public VersionTraffic Traffic()
    {
        var endpoints = new EndpointCounters[_requests.Length];
        var cells = _cells.Length / Math.Max(1, _requests.Length);
        for (var e = 0; e < endpoints.Length; e++)
        {
            endpoints[e] = new(_requests[e], _failed[e], _context.Models.Counted(_cells.AsSpan(e * cells, cells)))
            {
                Answers = _answers[e].Of(_requests[e], _failed[e]),
            };
        }

        _names ??= new([.. _instances.Select(i => i.Id)]);
        var instances = new InstanceTraffic[_instances.Count];
        for (var i = 0; i < instances.Length; i++) instances[i] = _instances[i].Counted();
        return new(_region, Digest, new ShortMap<EndpointCounters>(_context.Endpoints, endpoints))
        {
            Instances = new ShortMap<InstanceTraffic>(_names, instances),
            CountingSince = _context.Began,
        };
    }

    /// <summary>How long an instance's requests take, the fault aside.</summary>
    public LatencyShape Shape(SimulatedInstance instance, in SimulatedSlice slice)
    {
        var (world, age) = (_context.World, instance.Age(slice.At));
        var (scale, often) = (slice.Weather.Incident(slice.Region, instance.Zone) > 0 ? Unwell : 1.0, 1.0);
        if (world.Cache is { } cache && age < cache.Lasts.TotalSeconds) scale *= 1 + cache.Slower;
        if (world.Start is { Fails: false } start)
        {
            // In twentieths, so that few shapes are met.
            often += Math.Round(20 * start.Strength * Math.Exp(-age / start.Lasts.TotalSeconds)) / 20;
        }

        var paused = world.Pauses is { } pauses && instance.Paused ? pauses.Slow : 0;
        return new(scale, 0, often, paused, _context.Behaviour(Digest).SlowShare);
    }

    private long Answer(SimulatedInstance instance, long requests, in SimulatedSlice slice, SimulatedFault? fault)
    {
        var shape = Shape(instance, slice);
        var model = instance.Model(shape);
        if (fault is not null && (fault.Latency > 0 || fault.Median > 0))
        {
            var usual = model.TooSlow;
            model = _context.Models.Of(shape with { Scale = shape.Scale * (1 + fault.Median), Tail = fault.Latency });
            _context.Bad += requests * Math.Max(0, model.TooSlow - usual);
        }

        Span<long> asked = stackalloc long[_requests.Length];
        Count(instance, requests, model, asked);
        var (random, cluster) = (_context.Counts, _context.World.Cluster);
        var failed = random.Clustered(requests, Failing(instance, slice), cluster);
        if (fault is { Errors: > 0, Endpoint: null })
        {
            var more = cluster > 1 && fault.Errors < 0.5
                ? Math.Min(requests - failed, random.Clustered(requests, fault.Errors, cluster))
                : random.Binomial(requests - failed, fault.Errors);
            _context.Bad += more;
            failed += more;
        }

        if (failed > 0) Fail(instance, failed, asked);
        return fault is null ? 0 : Wrong(instance, fault, asked);
    }

    /// <summary>What the fault does by endpoint. <paramref name="left"/> has what did not fail yet.</summary>
    private long Wrong(SimulatedInstance instance, SimulatedFault fault, Span<long> left)
    {
        var again = 0L;
        for (var e = 0; e < left.Length; e++)
        {
            if (fault.LostFirstTries > 0)
            {
                var lost = Drawn(fault.LostFirstTries, left, e);
                Fail(instance, e, lost);
                _answers[e].NoAnswer += lost;
                instance.Answers.NoAnswer += lost;
                if (_context.Reads[e]) again += lost;
            }

            if (fault.Endpoint is not null && fault.Endpoint != _context.Endpoints.All[e]) continue;
            if (fault is { Errors: > 0, Endpoint: not null }) Fail(instance, e, Drawn(fault.Errors, left, e));
            if (fault.NotFound > 0)
            {
                var missing = Drawn(fault.NotFound, left, e);
                _answers[e].NotFound += missing;
                instance.Answers.NotFound += missing;
            }

            if (fault.EmptyBody <= 0) continue;
            var empty = Drawn(fault.EmptyBody, left, e);
            _answers[e].Empty += empty;
            instance.Answers.Empty += empty;
        }

        return again;
    }

    private long Drawn(double share, Span<long> left, int endpoint)
    {
        var drawn = _context.Counts.Binomial(left[endpoint], share);
        left[endpoint] -= drawn;
        _context.Bad += drawn;
        return drawn;
    }

    /// <param name="asked">How many of each endpoint: told.</param>
    private void Count(SimulatedInstance instance, long requests, LatencyModel model, Span<long> asked)
    {
        model.Draw(_context.Latency, requests, instance.Cells, asked, _cells);
        for (var e = 0; e < asked.Length; e++)
        {
            _requests[e] += asked[e];
            instance.Requests[e] += asked[e];
        }

        instance.Changed();
    }

    /// <summary>Which of them failed is chance. Takes them off <paramref name="left"/>.</summary>
    private void Fail(SimulatedInstance instance, long failed, Span<long> left)
    {
        Span<long> parts = stackalloc long[left.Length];
        _context.Counts.Split(failed, left, parts);
        for (var e = 0; e < left.Length; e++)
        {
            if (parts[e] == 0) continue;
            Fail(instance, e, parts[e]);
            left[e] -= parts[e];
        }
    }

    private void Fail(SimulatedInstance instance, int endpoint, long failed)
    {
        _failed[endpoint] += failed;
        instance.Failed[endpoint] += failed;
    }

    private void Lose(SimulatedInstance instance, int endpoint)
    {
        _requests[endpoint]++;
        _cells[endpoint * instance.Cells.Length]++;
        _answers[endpoint].NoAnswer++;
        instance.Requests[endpoint]++;
        instance.Cells[0]++;
        instance.Answers.NoAnswer++;
        Fail(instance, endpoint, 1);
        instance.Changed();
    }

    /// <summary>Each request calls the callee once.</summary>
    private void Call(in SimulatedSlice slice, SimulatedVersion behaviour, long calls)
    {
        var share = _context.World.CallsFail + (_context.World.Incidents is { Where: not IncidentPlace.Zone }
            ? slice.Weather.Incident(slice.Region, 0)
            : 0);
        share = Math.Max(Math.Min(1, share), behaviour.FailedCalls);
        if (_context.SharedDown) share = Math.Max(share, SimulatedPlatform.Outage);
        _calls = _calls.Plus(new(_context.Counts.Binomial(calls, share), calls));
    }
}
