using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Worlds;

/// <summary>A release as the gate sees it: every window's counts of both arms.</summary>
internal sealed class PlayedRelease
{
    private readonly Generator _random;
    private readonly Candidate _candidate;
    private readonly LatencyEdges[] _edges;
    private readonly double _cluster;
    private readonly PairedCounts[] _endpoints = new PairedCounts[EndpointShares.Count];
    private readonly double[] _candidateBeyond = new double[9];
    private readonly double[] _baselineBeyond = new double[3];
    private readonly double _memoryOffset;
    private (double Candidate, double Baseline) _slowness;
    private double _candidateMemory, _baselineMemory;

    public PlayedRelease(Scenario scenario, Generator random, LatencyEdges[] edges)
    {
        (_random, _edges) = (random, edges);
        _candidate = new(scenario);
        _cluster = scenario.Cluster;
        Weather = new(scenario, random, 0);
        _memoryOffset = 2 * random.Normal();
        (_candidateMemory, _baselineMemory) = (random.Normal(), random.Normal());
    }

    public Weather Weather { get; }

    public double HarmPerSecond => _candidate.HarmPerSecond(Weather);

    /// <summary>The window that begins now, at this share; its endpoints are overwritten by the next.</summary>
    public GateReading Read(double share)
    {
        const double kept = 0.9;
        var fresh = Math.Sqrt(1 - (kept * kept));
        _candidateMemory = (kept * _candidateMemory) + (fresh * _random.Normal());
        _baselineMemory = (kept * _baselineMemory) + (fresh * _random.Normal());
        if (Weather.Missing) return new(share, true, default, _endpoints, default, default, default, null);

        var requests = Count(share);
        Beyond();
        Span<long> ours = stackalloc long[9], theirs = stackalloc long[3];
        Cascade(_candidateBeyond, requests.Candidate, ours);
        Cascade(_baselineBeyond, requests.Baseline, theirs);
        var memory = _candidateMemory - _baselineMemory + _memoryOffset + _candidate.Memory(Weather);
        return new(share, false, requests, _endpoints, Slow(2, ours, theirs), Slow(1, ours, theirs), Slow(0, ours, theirs), memory);
    }

    private PairedCounts Count(double share)
    {
        var perWindow = Weather.Rate * Weather.Window;
        var routed = _candidate.Silent ? 0 : perWindow * share;
        var (ourRate, theirRate, endpointFault) = (_candidate.FailureRate(Weather), Weather.FailureRate, _candidate.EndpointFault(Weather));
        var whole = default(PairedCounts);
        for (var i = 0; i < _endpoints.Length; i++)
        {
            var part = EndpointShares.All[i];
            var (n, m) = (_random.Poisson(routed * part), _random.Poisson(perWindow * (1 - share) * part));
            var rate = i == 0 && endpointFault > 0 ? 1 - ((1 - ourRate) * (1 - endpointFault)) : ourRate;
            _endpoints[i] = _cluster > 1 ? new(n, m, 0, 0) : new(n, m, _random.Binomial(n, rate), _random.Binomial(m, theirRate));
            whole += _endpoints[i];
        }

        return _cluster > 1 ? Spread(whole, ourRate, theirRate) : whole;
    }

    /// <summary>Clusters hit an arm; which endpoint each failed request was at is chance.</summary>
    private PairedCounts Spread(PairedCounts whole, double ourRate, double theirRate)
    {
        whole = whole with
        {
            CandidateEvents = _random.Clustered(whole.Candidate, ourRate, _cluster),
            BaselineEvents = _random.Clustered(whole.Baseline, theirRate, _cluster),
        };
        var (ours, theirs, n, m) = (whole.CandidateEvents, whole.BaselineEvents, whole.Candidate, whole.Baseline);
        for (var i = 0; i < _endpoints.Length; i++)
        {
            var endpoint = _endpoints[i];
            var (a, b) = (Part(endpoint.Candidate, ours, n), Part(endpoint.Baseline, theirs, m));
            _endpoints[i] = endpoint with { CandidateEvents = a, BaselineEvents = b };
            (ours, theirs, n, m) = (ours - a, theirs - b, n - endpoint.Candidate, m - endpoint.Baseline);
        }

        return whole;
    }

    private long Part(long here, long failed, long requests)
    {
        var chosen = 0L;
        for (var i = 0; i < here && failed > 0; i++, requests--)
        {
            if (!_random.Chance(failed / (double)requests)) continue;
            chosen++;
            failed--;
        }

        return chosen;
    }

    private void Beyond()
    {
        var slowness = (_candidate.Slowness(Weather), Weather.Slowness);
        if (slowness == _slowness) return;

        _slowness = slowness;
        for (var i = 0; i < 3; i++)
        {
            var edges = _edges[2 - i];
            _candidateBeyond[3 * i] = Latency.Beyond(edges.Edge, slowness.Item1, _candidate.Stretch);
            _candidateBeyond[(3 * i) + 1] = Latency.Beyond(edges.Tolerated, slowness.Item1, _candidate.Stretch);
            _candidateBeyond[(3 * i) + 2] = Latency.Beyond(edges.Margin, slowness.Item1, _candidate.Stretch);
            _baselineBeyond[i] = Latency.Beyond(edges.Edge, slowness.Item2, 1);
        }
    }

    /// <summary>How many lie beyond each edge, edges ascending: of those beyond the one before.</summary>
    private void Cascade(double[] beyond, long requests, Span<long> counts)
    {
        var before = 1.0;
        for (var i = 0; i < counts.Length; i++)
        {
            requests = _random.Binomial(requests, Math.Min(1, beyond[i] / before));
            (counts[i], before) = (requests, beyond[i]);
        }
    }

    private static SlowCounts Slow(int quantile, ReadOnlySpan<long> ours, ReadOnlySpan<long> theirs) =>
        new(ours[(3 * quantile) + 1], ours[(3 * quantile) + 2], ours[3 * quantile], theirs[quantile]);
}
