namespace Tidegate.Gates.Sequential;

/// <summary>A release whose counts are drawn with a fixed seed: what is asserted of it is far from chance.</summary>
internal sealed class Release
{
    private readonly SequentialGate _gate;
    private readonly GateReference _reference;
    private readonly Random _random = new(4);
    private readonly List<GatePhase> _phases = [];

    public Release(GateReference reference, SequentialOptions? options = null)
    {
        _reference = reference;
        _gate = new(options ?? SequentialOptions.Default, reference);
        State = _gate.Begin();
    }

    public SequentialState State { get; private set; }

    public IReadOnlyList<GatePhase> Phases => _phases;

    public bool CandidateReports { get; set; } = true;

    public void Play(int windows, double candidateFailures = 0.001, double baselineFailures = 0.001, bool missing = false)
    {
        for (var i = 0; i < windows; i++)
        {
            State = _gate.Next(State, Reading(State.Weight, candidateFailures, baselineFailures, missing));
            _phases.Add(State.Phase);
        }
    }

    private GateReading Reading(double share, double candidateFailures, double baselineFailures, bool missing)
    {
        var endpoints = _reference.EndpointShares.Select(part =>
        {
            var requests = 5 * _reference.RequestsPerSecond * part;
            var (ours, theirs) = (CandidateReports ? Poisson(requests * share) : 0, Poisson(requests * (1 - share)));
            return new PairedCounts(ours, theirs, Binomial(ours, candidateFailures), Binomial(theirs, baselineFailures));
        }).ToArray();
        var whole = endpoints.Aggregate(PairedCounts.Add);
        return new(share, missing, whole, endpoints, Slow(whole, 0.0085, 0.4), Slow(whole, 0.09, 0.6), Slow(whole, 0.48, 0.8), null);
    }

    private SlowCounts Slow(PairedCounts whole, double rate, double margin)
    {
        var beyond = Binomial(whole.Candidate, rate);
        var tolerated = Binomial(beyond, 0.9);
        return new(tolerated, Binomial(tolerated, margin / 0.9), beyond, Binomial(whole.Baseline, rate));
    }

    private long Poisson(double mean)
    {
        if (mean > 50) return Math.Max(0, (long)Math.Round(mean + (Math.Sqrt(mean) * ((12 * Average()) - 6))));

        var (count, product, floor) = (0L, _random.NextDouble(), Math.Exp(-mean));
        for (; product > floor; product *= _random.NextDouble()) count++;
        return count;
    }

    private double Average() => Enumerable.Range(0, 12).Average(_ => _random.NextDouble());

    private long Binomial(long requests, double rate)
    {
        var events = 0L;
        for (var i = 0; i < requests; i++) events += _random.NextDouble() < rate ? 1 : 0;
        return events;
    }
}
