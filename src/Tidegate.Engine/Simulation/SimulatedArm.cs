namespace Tidegate.Engine.Simulation;

/// <summary>One version in one region: its instances, and what they answered. Counts stay when instances go.</summary>
internal sealed class SimulatedArm
{
    /// <summary>The age in seconds of what had always run.</summary>
    private const double Days = 3 * 86400;

    private readonly SimulatedContext _context;
    private readonly SimulatedWrong _wrong;
    private readonly string _region;
    private readonly List<SimulatedInstance> _instances = [];
    private ShortNames? _names;
    private int _next;

    public SimulatedArm(SimulatedContext context, string region, ArtifactDigest digest)
    {
        (_context, _region, Digest) = (context, region, digest);
        (Tally, Odds) = (new(context), new(context, digest));
        _wrong = new(context, Tally);
    }

    public ArtifactDigest Digest { get; }

    public IReadOnlyList<SimulatedInstance> Instances => _instances;

    public SimulatedTally Tally { get; }

    public SimulatedOdds Odds { get; }

    public EventCount Calls { get; private set; }

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

    /// <summary>A window begins: chance, and who dies in it.</summary>
    /// <param name="requests">That each instance expects each second.</param>
    public void Window(double at, double requests)
    {
        var crash = _context.Fault(Digest, _region, at)?.Crash is { } each ? 1 / each.TotalHours : 0;
        var rate = _context.World.Restarts + crash;
        foreach (var instance in _instances)
        {
            instance.Window(at);
            if (rate <= 0 || at < instance.ReadyAt) continue;
            if (!_context.Lives.Chance(1 - Math.Exp(-rate * SimulatedWeather.Window / 3600))) continue;

            // What it was answering dies with it: about a second of its requests.
            var (lost, endpoints) = (_context.Lives.Poisson(requests), _context.Endpoints.All.Count);
            for (var i = 0L; i < lost; i++) Tally.Lose(instance, (int)(_context.Lives.Uniform() * endpoints));
            if (crash > 0) _context.Bad += lost;
            instance.Die(at);
        }
    }

    /// <summary>So many requests of the slice are this version's.</summary>
    /// <returns>How many were broken off, and must be answered elsewhere.</returns>
    public long Flow(in SimulatedSlice slice, double expected)
    {
        if (expected <= 0 || Ready(slice.At) is var ready && ready == 0) return 0;

        var fault = _context.Fault(Digest, _region, slice.At);
        var (again, all) = (0L, 0L);
        foreach (var instance in _instances)
        {
            if (slice.At < instance.ReadyAt) continue;
            var requests = _context.Counts.Poisson(expected / ready);
            if (requests > 0) again += Answer(instance, requests, slice, fault);
            all += requests;
        }

        // Each request calls the callee once.
        Calls = Calls.Plus(new(_context.Counts.Binomial(all, Odds.Calls(slice)), all));
        return again;
    }

    /// <summary>Requests that another version broke off; they do well here.</summary>
    public void Save(long requests)
    {
        if (_instances.Count == 0) return;
        var instance = _instances[(int)(_context.Latency.Uniform() * _instances.Count)];
        var model = instance.Model(LatencyShape.Usual);
        Tally.Count(instance, requests, model, stackalloc long[_context.Endpoints.All.Count]);
    }

    public VersionTraffic Traffic()
    {
        _names ??= new([.. _instances.Select(i => i.Id)]);
        var instances = new InstanceTraffic[_instances.Count];
        for (var i = 0; i < instances.Length; i++) instances[i] = _instances[i].Counted();
        return new(_region, Digest, Tally.Counted())
        {
            Instances = new ShortMap<InstanceTraffic>(_names, instances),
            CountingSince = _context.Began,
        };
    }

    private long Answer(SimulatedInstance instance, long requests, in SimulatedSlice slice, SimulatedFault? fault)
    {
        var shape = Odds.Shape(instance, slice);
        var model = instance.Model(shape);
        if (fault is not null) model = _wrong.Slower(fault, shape, model, requests);

        Span<long> well = stackalloc long[_context.Endpoints.All.Count];
        Tally.Count(instance, requests, model, well);
        var failed = _context.Counts.Clustered(requests, Odds.Failing(instance, slice), _context.World.Cluster);
        if (fault is not null) failed += _wrong.Failures(fault, requests - failed);
        if (failed > 0) Tally.Fail(instance, failed, well);
        return fault is null ? 0 : _wrong.Spoil(instance, fault, well);
    }
}
