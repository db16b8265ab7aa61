namespace Tidegate;

/// <summary>All evidence against the candidate, under one budget.</summary>
/// <param name="Hard">Failures far beyond the baseline's.</param>
/// <param name="Errors">Failures, all endpoints together.</param>
/// <param name="Endpoints">Failures by endpoint.</param>
public sealed record Accusation(
    EvidenceStream Hard,
    EvidenceStream Errors,
    IReadOnlyList<EvidenceStream> Endpoints,
    EvidenceStream Slow99,
    EvidenceStream Slow90,
    EvidenceStream Slow50,
    MemoryWatch Memory)
{
    /// <summary>ln M, the merged evidence: M ≥ 1/α is the verdict.</summary>
    public double LogValue { get; private init; }

    public static Accusation Begin(int endpoints) => new(
        EvidenceStream.Begin, EvidenceStream.Begin, [.. Enumerable.Repeat(EvidenceStream.Begin, endpoints)],
        EvidenceStream.Begin, EvidenceStream.Begin, EvidenceStream.Begin, default);

    /// <summary>ln of the mean of the endpoints' evidence.</summary>
    public double EndpointsLogValue
    {
        get
        {
            if (Endpoints.Count == 0) return 0;

            Span<double> logs = Endpoints.Count <= 64 ? stackalloc double[Endpoints.Count] : new double[Endpoints.Count];
            for (var i = 0; i < logs.Length; i++) logs[i] = Endpoints[i].Evidence.LogValue;
            return LogDomain.Mean(logs);
        }
    }

    /// <summary>The evidence after one more window.</summary>
    /// <param name="warm">The candidate is warm: not only hard failures count.</param>
    internal Accusation Add(SequentialRules rules, in GateReading reading, bool warm, double minutes)
    {
        var memory = Memory.Add(rules, minutes, reading.Memory);
        if (!reading.Split) return (this with { Memory = memory }).Merged(rules);

        var (tempering, hazard) = (rules.Failures, rules.Hazard);
        var hard = Hard.Add(RateRatio.HardFailures, reading.Requests, tempering, hazard);
        var next = !warm ? this with { Hard = hard, Memory = memory } : new Accusation(
            hard,
            Errors.Add(rules.Question, reading.Requests, tempering, hazard),
            AddEndpoints(rules, reading),
            AddSlow(Slow99, rules, reading, reading.Slow99),
            AddSlow(Slow90, rules, reading, reading.Slow90),
            AddSlow(Slow50, rules, reading, reading.Slow50),
            memory);
        return next.Merged(rules);
    }

    /// <summary>The weight changes: what waits in the streams is forgotten.</summary>
    internal Accusation Restart() => this with
    {
        Hard = Hard.Restart(),
        Errors = Errors.Restart(),
        Endpoints = [.. Endpoints.Select(e => e.Restart())],
        Slow99 = Slow99.Restart(),
        Slow90 = Slow90.Restart(),
        Slow50 = Slow50.Restart(),
    };

    private Accusation Merged(SequentialRules rules) => this with
    {
        LogValue = rules.Options.Budget.Merge(
            Errors.Evidence.LogValue, Hard.Evidence.LogValue, EndpointsLogValue,
            Slow99.Evidence.LogValue, Slow90.Evidence.LogValue, Slow50.Evidence.LogValue,
            Memory.LogValue),
    };

    private EvidenceStream[] AddEndpoints(SequentialRules rules, in GateReading reading)
    {
        var next = new EvidenceStream[Endpoints.Count];
        var counts = reading.Endpoints.Span;
        for (var i = 0; i < next.Length; i++) next[i] = Endpoints[i].Add(rules.Question, counts[i], rules.Failures, rules.Hazard);
        return next;
    }

    private static EvidenceStream AddSlow(in EvidenceStream stream, SequentialRules rules, in GateReading reading, SlowCounts slow) =>
        stream.Add(RateRatio.Slower, reading.Paired(slow, slow.CandidateBeyondTolerance), rules.Slowness, rules.Hazard);
}
