namespace Tidegate;

/// <summary>All evidence for the candidate: that it is not harmful, and how harmful it can still be.</summary>
/// <param name="Candidate">Requests and failures since it was warm, incidents left out.</param>
/// <param name="Failures">Its failures beside the baseline's.</param>
/// <param name="Slow99">Its slow requests at the 99th percentile, beside the baseline's.</param>
/// <param name="Slow50">At the median.</param>
/// <param name="Bound">The failure rate that is not yet refuted.</param>
/// <param name="EndpointRequests">Requests that the candidate answered, by endpoint.</param>
public sealed record Clearance(
    EventCount Candidate,
    RatioBelow Failures,
    RatioBelow Slow99,
    RatioBelow Slow50,
    RampBound Bound,
    IReadOnlyList<long> EndpointRequests)
{
    public static Clearance Begin(int endpoints) => new(default, default, default, default, RampBound.Unknown, new long[endpoints]);

    /// <summary>Evidence, in nats, that failures are below the harm margin.</summary>
    public double FailuresLogValue { get; private init; }

    /// <summary>Windows that wait to be compared.</summary>
    public WaitingCounts Waiting { get; private init; }

    /// <summary>One window in which the candidate was warm and no incident was on.</summary>
    internal Clearance Add(SequentialRules rules, in GateReading reading)
    {
        var margin = rules.Options.Margin;
        var (failures, slowness) = (rules.Reference.Dispersion, rules.Reference.SlowDispersion);
        var candidate = Candidate.Plus(reading.Candidate);
        var (closed, waiting) = Waiting.Add(
            reading.Requests,
            reading.Paired(reading.Slow99, reading.Slow99.CandidateBeyondMargin),
            reading.Paired(reading.Slow50, reading.Slow50.CandidateBeyondMargin));
        var paired = Failures.Add(closed.Failures, margin.Margin, HarmMargin.Alike, HarmMargin.Better, failures);
        return new Clearance(
            candidate,
            paired,
            Slow99.Add(closed.Slow99, 1, 0.5, 0.75, slowness),
            Slow50.Add(closed.Slow50, 1, 0.8, 0.9, slowness),
            Bound.Next(rules.Options.Grades, candidate, rules.Options.Gamma, failures),
            Answered(reading))
        {
            FailuresLogValue = margin.Evidence(paired, candidate, failures),
            Waiting = waiting,
        };
    }

    /// <summary>The weight changes: what waits is forgotten.</summary>
    internal Clearance Restart() => this with { Waiting = default };

    /// <summary>Not harmful, by failures, by the slowest requests and by the usual ones: each by itself, so no correction is needed.</summary>
    internal bool Passes(SequentialOptions options)
    {
        var needed = Math.Log(1 / options.Beta);
        return FailuresLogValue >= needed && Slow99.LogValue >= needed && Slow50.LogValue >= needed;
    }

    /// <summary>At full weight no more than the harm budget is at stake.</summary>
    internal bool Cheap(SequentialRules rules) =>
        Candidate.Exposures >= 30
        && Bound.ExpectedHarm(rules.Reference.RequestsPerSecond, rules.Options.Reaction) <= rules.Options.HarmBudget;

    /// <summary>Every endpoint that has the traffic has had its requests.</summary>
    internal bool FloorsMet(SequentialRules rules)
    {
        for (var i = 0; i < EndpointRequests.Count; i++)
        {
            if (rules.Coverable[i] && EndpointRequests[i] < rules.Options.EndpointFloor) return false;
        }

        return true;
    }

    private long[] Answered(in GateReading reading)
    {
        var next = new long[EndpointRequests.Count];
        var counts = reading.Endpoints.Span;
        for (var i = 0; i < next.Length; i++) next[i] = EndpointRequests[i] + counts[i].Candidate;
        return next;
    }
}
