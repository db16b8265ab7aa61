using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Worlds;

/// <summary>A release in one region as a rollout sees it: every window's counts of both versions, by instance.</summary>
/// <remarks>Instances are there in the window after they are wanted, and shares are in effect: as everywhere in the
/// suite, nothing of this takes time.</remarks>
internal sealed class PlayedRegion
{
    private const double Kept = 0.9;
    private static readonly double Fresh = Math.Sqrt(1 - (Kept * Kept));
    private static readonly int[] ByQuantile = [2, 1, 0]; // the product tells the slowest first

    private readonly Scenario _scenario;
    private readonly Generator _random;
    private readonly Candidate _candidate;
    private readonly LatencyEdges[] _edges; // of the 50th, 90th and 99th percentile
    private readonly SlowTail _candidateTail;
    private readonly SlowTail _runningTail;
    private readonly double[] _candidateBeyond = new double[9];
    private readonly double[] _runningBeyond = new double[3];
    private readonly double _memoryOffset;
    private (double Candidate, double Running) _slowness;
    private double _candidateMemory, _runningMemory;

    public PlayedRegion(Scenario scenario, Generator random, RegionReference reference)
    {
        (_scenario, _random, _candidate) = (scenario, random, new(scenario));
        _edges = [.. ByQuantile.Select(q => reference.Edges[q])];
        (_candidateTail, _runningTail) = (new(6, scenario.Service.SlowCluster), new(2, scenario.Service.SlowCluster));
        Weather = new(scenario, random, 0);
        _memoryOffset = 2 * random.Normal();
        (_candidateMemory, _runningMemory) = (random.Normal(), random.Normal());
    }

    public Weather Weather { get; }

    public double HarmPerSecond => _candidate.HarmPerSecond(Weather);

    public static string RunningInstance(int number) => $"running-{number}";

    /// <summary>The window that begins now.</summary>
    /// <param name="target">What stands in it.</param>
    /// <param name="fresh">Instances of the running version that are as old as the candidate's are there.</param>
    public RegionWindow Read(RegionTarget? target, bool fresh)
    {
        var (mine, theirs) = (Of(target, RegionPlan.Candidate), Of(target, RegionPlan.Running));
        var share = mine?.Share ?? TrafficShare.None;
        var memory = Memory();
        if (Weather.Missing) return RegionWindow.Unread(share, "no telemetry");

        var perWindow = Weather.Rate * Weather.Window;
        var routed = _candidate.Silent ? 0 : perWindow * share.Ratio;
        var rate = _candidate.FailureRate(Weather);
        var ours = Cells("candidate", mine?.Instances ?? 0, routed, rate);
        var others = Cells("running", theirs?.Instances ?? 0, perWindow * share.Rest.Ratio, Weather.FailureRate);
        var split = share > TrafficShare.None && share < TrafficShare.All;
        var endpoints = split || _scenario.Fault.Ep0 > 0 ? Endpoints(ours, others) : null;
        return new()
        {
            Share = share,
            CandidateReady = ours.Length,
            RunningReady = others.Length,
            Candidate = ours,
            Running = others,
            Endpoints = split ? endpoints : null,
            Slow = split ? Slow(Requests(ours), Requests(others)) : null,
            Memory = fresh && ours.Length > 0 ? memory : null,
        };
    }

    private static VersionTarget? Of(RegionTarget? target, ArtifactDigest version) =>
        target?.Versions.FirstOrDefault(v => v.Digest == version);

    private static long Requests(InstanceCell[] cells) => cells.Sum(c => c.Requests);

    private double Memory()
    {
        _candidateMemory = (Kept * _candidateMemory) + (Fresh * _random.Normal());
        _runningMemory = (Kept * _runningMemory) + (Fresh * _random.Normal());
        return _candidateMemory - _runningMemory + _memoryOffset + _candidate.Memory(Weather);
    }

    private InstanceCell[] Cells(string name, int instances, double requests, double failureRate)
    {
        var cells = new InstanceCell[instances];
        for (var i = 0; i < instances; i++)
        {
            var here = _random.Poisson(requests / instances);
            cells[i] = new($"{name}-{i}", 0, here, _random.Clustered(here, failureRate, _scenario.Cluster));
        }

        return cells;
    }

    /// <summary>Which endpoint a request was for, and a failed one, is chance. The first endpoint's own fault fails
    /// some more, on any instance.</summary>
    private IReadOnlyList<long>[] Endpoints(InstanceCell[] ours, InstanceCell[] others)
    {
        Span<long> n = stackalloc long[EndpointShares.Count], m = stackalloc long[EndpointShares.Count];
        Span<long> a = stackalloc long[EndpointShares.Count], b = stackalloc long[EndpointShares.Count];
        Share(Requests(ours), n);
        Share(Requests(others), m);
        _random.Split(ours.Sum(c => c.Failures), n, a);
        _random.Split(others.Sum(c => c.Failures), m, b);
        var more = _random.Binomial(n[0] - a[0], _candidate.EndpointFault(Weather));
        a[0] += more;
        Fail(ours, more);
        var rows = new IReadOnlyList<long>[EndpointShares.Count];
        for (var e = 0; e < rows.Length; e++) rows[e] = [n[e], m[e], a[e], b[e]];
        return rows;
    }

    private void Share(long requests, Span<long> endpoints)
    {
        var rest = 1.0;
        for (var e = 0; e < endpoints.Length; e++)
        {
            var part = EndpointShares.All[e];
            endpoints[e] = e == endpoints.Length - 1 ? requests : _random.Binomial(requests, Math.Min(1, part / rest));
            (requests, rest) = (requests - endpoints[e], rest - part);
        }
    }

    private void Fail(InstanceCell[] cells, long more)
    {
        if (more == 0) return;

        Span<long> well = stackalloc long[cells.Length], failed = stackalloc long[cells.Length];
        for (var i = 0; i < cells.Length; i++) well[i] = cells[i].Requests - cells[i].Failures;
        _random.Split(more, well, failed);
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = cells[i] with { Failures = cells[i].Failures + failed[i] };
        }
    }

    private IReadOnlyList<long>[] Slow(long ours, long others)
    {
        Beyond();
        Span<long> mine = stackalloc long[9], theirs = stackalloc long[3];
        _candidateTail.Draw(_random, ours, _candidateBeyond, mine);
        _runningTail.Draw(_random, others, _runningBeyond, theirs);
        var rows = new IReadOnlyList<long>[3];
        for (var q = 0; q < 3; q++)
        {
            var at = ByQuantile[q];
            rows[q] = [mine[(3 * at) + 1], mine[(3 * at) + 2], mine[3 * at], theirs[at]];
        }

        return rows;
    }

    private void Beyond()
    {
        var slowness = (_candidate.Slowness(Weather), Weather.Slowness);
        if (slowness == _slowness) return;

        _slowness = slowness;
        for (var q = 0; q < 3; q++)
        {
            var edges = _edges[q];
            _candidateBeyond[3 * q] = Latency.Beyond(edges.Edge, slowness.Item1, _candidate.Stretch);
            _candidateBeyond[(3 * q) + 1] = Latency.Beyond(edges.Tolerated, slowness.Item1, _candidate.Stretch);
            _candidateBeyond[(3 * q) + 2] = Latency.Beyond(edges.Margin, slowness.Item1, _candidate.Stretch);
            _runningBeyond[q] = Latency.Beyond(edges.Edge, slowness.Item2, 1);
        }
    }
}
