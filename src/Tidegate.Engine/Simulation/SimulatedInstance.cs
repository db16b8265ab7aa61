namespace Tidegate.Engine.Simulation;

/// <summary>One instance: since when it lives, and what it has answered.</summary>
internal sealed class SimulatedInstance
{
    /// <summary>What an instance takes that does nothing, in MiB; and what it may take.</summary>
    private const double Base = 60, Limit = 512;

    /// <summary>Seconds until a dead instance is back.</summary>
    private const double Away = 20;

    /// <summary>Seconds for which an instance differs from others by the same factor.</summary>
    private const double Steady = 600;

    private readonly SimulatedContext _context;
    private readonly double _started;
    private InstanceTraffic? _snapshot;
    private LatencyShape _shape;
    private LatencyModel? _model;
    private double _since;
    private double _differsUntil = double.NegativeInfinity;
    private double _noise;

    /// <param name="since">From when on it ages in the simulation; it may have been started long before.</param>
    public SimulatedInstance(SimulatedContext context, string id, int number, double started, double since)
    {
        (_context, Id, Number, _started, Started, _since) = (context, id, number, started, started, since);
        Cells = new long[context.Models.Edges.Length + 1];
        Requests = new long[context.Endpoints.All.Count];
        Failed = new long[context.Endpoints.All.Count];
    }

    public string Id { get; }

    public int Number { get; }

    public int Zone => Number % SimulatedWeather.Zones;

    public double Started { get; private set; }

    public double ReadyAt { get; private set; } = double.NegativeInfinity;

    public int Restarts { get; private set; }

    public bool Paused { get; private set; }

    /// <summary>Times the failures of others.</summary>
    public double Factor { get; private set; } = 1;

    public long[] Cells { get; }

    public long[] Requests { get; }

    public long[] Failed { get; }

    public SimulatedAnswers Answers { get; } = new();

    /// <summary>What the instance was when the simulation found it: it has no past here.</summary>
    public bool IsOld => Started == _started && _started < _since;

    public double Age(double at) => at - Started;

    public void Changed() => _snapshot = null;

    public LatencyModel Model(LatencyShape shape)
    {
        if (_model is null || shape != _shape) (_shape, _model) = (shape, _context.Models.Of(shape));
        return _model;
    }

    /// <summary>What chance has for it in the window that begins.</summary>
    public void Window(double at)
    {
        var (world, random) = (_context.World, _context.Lives);
        if (world.Pauses is { } pauses) Paused = random.Chance(pauses.Windows);
        if (world.MemoryNoise > 0)
        {
            var kept = Math.Exp(-SimulatedWeather.Window / 60);
            _noise = (kept * _noise) + (Math.Sqrt(1 - (kept * kept)) * world.MemoryNoise * random.Normal());
        }

        if (world.InstanceSpread <= 0 || at < _differsUntil) return;
        (Factor, _differsUntil) = (SimulatedWeather.Spread(random, world.InstanceSpread), at + Steady);
    }

    public void Die(double at)
    {
        Restarts++;
        Started = _since = ReadyAt = at + Away;
    }

    public long Bytes(double at, SimulatedVersion behaviour, SimulatedFault? fault)
    {
        var age = Math.Max(0, at - _since);
        var mebibytes = Base + (behaviour.LeakMebibytesPerSecond * age) + _noise;
        if (_context.World.Heap is { } heap && !IsOld)
        {
            mebibytes += heap.Grows * (1 - Math.Exp(-age / heap.Within.TotalSeconds));
        }

        if (fault is { Memory: > 0 })
        {
            var leaks = Math.Min(age, at - fault.From.TotalSeconds);
            mebibytes += fault.Memory / 100 * Limit * leaks / 60;
        }

        return (long)(mebibytes * 1024 * 1024);
    }

    public InstanceTraffic Counted()
    {
        if (_snapshot is not null) return _snapshot;

        var endpoints = new EventCount[Requests.Length];
        var (requests, failed) = (0L, 0L);
        for (var e = 0; e < endpoints.Length; e++)
        {
            endpoints[e] = new(Failed[e], Requests[e]);
            (requests, failed) = (requests + Requests[e], failed + Failed[e]);
        }

        var latency = _context.Models.Counted(Cells);
        var total = new EndpointCounters(requests, failed, latency) { Answers = Answers.Of(requests, failed) };
        return _snapshot = new(total, new ShortMap<EventCount>(_context.Endpoints, endpoints));
    }
}

/// <summary>Answers that are not what was asked for.</summary>
internal sealed class SimulatedAnswers
{
    /// <summary>Of the failed ones.</summary>
    public long NoAnswer { get; set; }

    public long NotFound { get; set; }

    public long Empty { get; set; }

    public AnswerMix Of(long requests, long failed) =>
        new(requests - failed - NotFound - Empty, Empty, 0, 0, NotFound, 0, failed - NoAnswer, NoAnswer);
}
