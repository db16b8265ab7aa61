namespace Tidegate;

/// <summary>Judges what the edges counted: failed or slow requests of the candidate against the limit and against the version running now.</summary>
public static class TrafficJudge
{
    /// <summary>Below this many requests of the baseline there is nothing to compare with.</summary>
    public const int BaselineFloor = 30;

    /// <summary>Nats that make a suspicion (a chance of 1 in 20): enough to believe that the baseline is over the limit too,
    /// and to keep a candidate that may be over it in its bake until the evidence decides.</summary>
    private const double Suspicion = 3;

    /// <summary>One piece of evidence for each group (the whole, an endpoint, a region), or one that says why there is none.</summary>
    /// <param name="baked">The bake's length was watched: what has no value by then has none.</param>
    public static IReadOnlyList<Evidence> Judge(GateDefinition gate, HealthSignal signal, GateWindow window,
        bool baked = false)
    {
        if (window.TrafficFailuresInRow > signal.Tolerance.ConsecutiveErrors)
        {
            return [new(signal.Name, Verdict.Error, $"the edges did not answer {window.TrafficFailuresInRow} times in a row: {window.TrafficFailure}")];
        }

        // Judged one look late: an incident that explains the newest counts is noticed a little after it begins.
        var arms = window.Arms;
        if (!arms.Candidate.TryGetValue(TrafficArms.Whole, out var whole) || whole.Requests == 0)
        {
            // No request is no health, whether a floor asks for some or not: who watches a place without users leaves
            // this signal out there.
            return baked && signal.NoData == NoDataPolicy.Fail
                ? [new(signal.Name, Verdict.Unhealthy,
                    "the candidate has answered no request in the whole bake, and noData is \"fail\"",
                    Strength: double.MaxValue)]
                : [new(signal.Name, Verdict.Insufficient, "the candidate has answered no request yet")];
        }

        var needed = EvidenceMath.Needed(gate.Alpha, window.Looks, arms.Candidate.Count);
        return [.. arms.Candidate.OrderBy(g => g.Key == TrafficArms.Whole ? 0 : 1).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(group => Group(signal, group.Key, group.Value, Compared(arms, group.Key), needed))];
    }

    private static EndpointCounters Compared(TrafficArms arms, string group) =>
        arms.Baseline.GetValueOrDefault(group.StartsWith("region ", StringComparison.Ordinal) ? TrafficArms.Whole : group) ?? EndpointCounters.Zero;

    private static Evidence Group(HealthSignal signal, string group, EndpointCounters candidate, EndpointCounters baseline, double needed)
    {
        var (atMost, ratio) = signal.Rule switch
        {
            SignalRule.ErrorRate rule => (rule.AtMost, rule.Ratio),
            SignalRule.Latency rule => (rule.AtMost, rule.Ratio),
            _ => throw new ArgumentOutOfRangeException(nameof(signal), signal.Rule, "not judged from traffic"),
        };
        var ours = Count(signal.Rule, candidate);
        var theirs = Count(signal.Rule, baseline);
        var name = group == TrafficArms.Whole ? signal.Name : $"{signal.Name}, {group}";
        var strength = EvidenceMath.AboveLimit(ours, atMost);

        var comparable = theirs.Exposures >= BaselineFloor;
        var worse = comparable && EvidenceMath.WorseThan(ours, theirs, ratio) >= needed;
        var bothHit = comparable && !worse && EvidenceMath.AboveLimit(theirs, atMost) >= Suspicion;

        var says = strength < Suspicion ? Verdict.Healthy : strength < needed || bothHit ? Verdict.Insufficient : Verdict.Unhealthy;
        return new(name, says, Words(signal.Rule, ours, theirs, comparable, bothHit && strength >= needed, says, atMost), ours, theirs, atMost, strength, needed);
    }

    private static EventCount Count(SignalRule rule, EndpointCounters counters) => rule is SignalRule.Latency latency
        ? new EventCount(counters.SlowerThan(latency.Milliseconds), counters.Requests)
        : new EventCount(counters.Errors, counters.Requests);

    private static string Words(SignalRule rule, EventCount ours, EventCount theirs, bool comparable, bool bothHit, Verdict says, double atMost)
    {
        var what = rule is SignalRule.Latency latency ? FormattableString.Invariant($"slower than {latency.Milliseconds:0} ms") : "failed";
        var against = comparable ? $"the running version {theirs}" : "no running version to compare with";
        var text = FormattableString.Invariant($"{ours} {what}; {against}; limit {atMost:P1}");
        return bothHit ? text + "; both versions are hit, so this release is not the cause"
            : says == Verdict.Insufficient ? text + "; suspicious, and not yet certain"
            : text;
    }
}
