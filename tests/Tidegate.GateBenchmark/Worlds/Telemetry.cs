using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Worlds;

/// <summary>A release as the rivals see it: what the candidate alone reports.</summary>
internal sealed class Telemetry(Scenario scenario, Generator random, double slowLimit)
{
    private readonly Candidate _candidate = new(scenario);
    private double _slowness, _beyond;

    public Weather Weather { get; } = new(scenario, random, 0);

    public double HarmPerSecond => _candidate.HarmPerSecond(Weather);

    public CandidateCounts Read(double share)
    {
        if (Weather.Missing || _candidate.Silent) return default;

        var requests = random.Poisson(Weather.Rate * Weather.Window * share);
        var rate = _candidate.FailureRate(Weather);
        rate = 1 - ((1 - rate) * (1 - (EndpointShares.First * _candidate.EndpointFault(Weather))));
        var failed = random.Clustered(requests, rate, scenario.Cluster);
        var slowness = _candidate.Slowness(Weather);
        if (slowness != _slowness) (_slowness, _beyond) = (slowness, Latency.Beyond(slowLimit, slowness, _candidate.Stretch));
        return new(requests, failed, random.Binomial(requests, _beyond));
    }
}

/// <summary>What the candidate reported; no requests and no telemetry look alike.</summary>
internal readonly record struct CandidateCounts(long Requests, long Failed, long Slow)
{
    public double FailureRate => Failed / (double)Requests;

    /// <summary>More than one request in a hundred took longer than the limit: the 99th percentile is above it.</summary>
    public bool P99AboveLimit => Slow > 0.01 * Requests;

    public static CandidateCounts operator +(CandidateCounts a, CandidateCounts b) => new(a.Requests + b.Requests, a.Failed + b.Failed, a.Slow + b.Slow);
}
