namespace Tidegate;

/// <summary>Judges the edges to callers and callees. Only edges that touch the new version count against it, and only beside the
/// running version's edges to the same neighbour over the same minutes: what hits both alike is nobody's release.</summary>
public static class NeighbourJudge
{
    /// <summary>Nats that make a suspicion; see <see cref="TrafficJudge"/>.</summary>
    private const double Suspicion = 3;

    /// <summary>One piece of evidence for each region that counted something, or one that says why there is none.</summary>
    /// <param name="tallies">Of every signal of the gate.</param>
    public static IReadOnlyList<Evidence> Judge(GateDefinition gate, HealthSignal signal, IReadOnlyDictionary<string, SignalTally> tallies, int looks)
    {
        var tally = tallies[signal.Name];
        var bench = new Bench(gate, signal, Vouched(gate, signal, tallies), looks, Math.Max(1, tally.Counts?.Regions.Count ?? 0));
        var rule = (SignalRule.Metric)signal.Rule;
        var regions = tally.Counts?.Regions ?? NeighbourArms.Empty.Regions;
        var candidate = regions.Values.Aggregate(default(EventCount), (sum, pair) => sum.Plus(pair.Candidate));
        var untold = regions.Values.Aggregate(default(EventCount), (sum, pair) => sum.Plus(pair.Untold));

        // Who cannot be told apart owes no exposures of the candidate's: such a signal can only hold.
        var all = rule.At is { Address: not null, VersionLabel: null } ? untold : candidate;
        if (all.Exposures < rule.AtLeast)
        {
            // Too little in all says nothing good, but a region may already say something bad.
            return [.. regions.Select(r => Region(bench, rule, r.Key, r.Value)).Where(e => e.Says == Verdict.Unhealthy),
                new(signal.Name, Verdict.Insufficient, $"{all.Exposures} of at least {rule.AtLeast} counted in {rule.Exposures}", all, Limit: rule.AtMost)];
        }

        return [.. regions.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => Region(bench, rule, r.Key, r.Value))];
    }

    /// <summary>What is wrong now with a neighbour, whichever version calls it; null when nothing is.</summary>
    public static string? Incident(HealthSignal signal, SignalTally tally)
    {
        if (signal.Role == SignalRole.Shadow) return null;
        if (signal.Rule is not SignalRule.Metric rule)
        {
            return !signal.BlamesRelease && tally.Failures > signal.Tolerance.Failures && SignalTally.Rate(signal, tally.Latest!, tally.First) == Verdict.Unhealthy
                ? $"{signal.Whose} is not well ({signal.Name}: {tally.Said(signal)})"
                : null;
        }

        var hit = (tally.Counts ?? NeighbourArms.Empty).Newest.Where(r => HitsAll(rule, r.Value)).OrderBy(r => r.Key, StringComparer.Ordinal).ToList();
        return hit.Count == 0 ? null : $"{signal.Whose} fails {(hit[0].Value.Untold.Events > 0 ? "whoever it is" : "the running version too")} ({Named(signal, hit[0].Key)}: {Numbers(hit[0].Value)})";
    }

    /// <summary>Bad for the running version too, and not plainly worse for the candidate. A candidate without a bad edge of its own may be
    /// what mends it, and is not frozen.</summary>
    private static bool HitsAll(SignalRule.Metric rule, NeighbourPair pair)
    {
        if (pair.Untold.Events > 1 && EvidenceMath.AboveLimit(pair.Untold, rule.AtMost) >= Suspicion) return true;
        var spared = pair.Candidate is { Exposures: > 0, Events: 0 };
        return pair.Baseline.Events > 1 && !spared
            && EvidenceMath.AboveLimit(pair.Baseline, rule.AtMost) >= Suspicion
            && EvidenceMath.WorseThan(pair.Candidate, pair.Baseline, rule.Ratio) < Suspicion;
    }

    /// <summary>Without a running version to compare with, the limit decides only where no neighbour can be the cause: for the service's own
    /// counts, and where the neighbour's own health was good at every look of this bake.</summary>
    private static bool Vouched(GateDefinition gate, HealthSignal signal, IReadOnlyDictionary<string, SignalTally> tallies) =>
        signal.Scope == SignalScope.Own || gate.Signals.Any(s =>
            s is { Rule: SignalRule.Health, Role: not SignalRole.Shadow } && s.Scope == signal.Scope && s.Neighbour == signal.Neighbour
            && tallies.GetValueOrDefault(s.Name) is { Good: > 0, Failures: 0, Missing: 0, Latest: SignalReading.Passed });

    private static Evidence Region(Bench bench, SignalRule.Metric rule, string region, NeighbourPair pair)
    {
        var ours = pair.Candidate.Exposures > 0 || pair.Comparable ? pair.Candidate : pair.Untold;
        var strength = EvidenceMath.AboveLimit(ours, rule.AtMost);
        var needed = EvidenceMath.Needed(bench.Gate.Alpha, bench.Looks, bench.Groups);
        var told = pair.Untold.Exposures == 0 && (pair.Comparable || bench.Vouched);
        var caused = told && (!pair.Comparable || pair.Worse >= Math.Log(bench.Groups / bench.Gate.Alpha));
        var says = strength < Suspicion ? Verdict.Healthy : strength >= needed && caused ? Verdict.Unhealthy : Verdict.Insufficient;

        var because = says != Verdict.Insufficient ? ""
            : !told ? "; whose fault it is cannot be told, so this holds and does not roll back"
            : strength >= needed && EvidenceMath.AboveLimit(pair.Baseline, rule.AtMost) >= Suspicion ? "; both versions are hit, so this release is not the cause"
            : "; suspicious, and not yet certain";
        var words = FormattableString.Invariant($"{Numbers(pair)}; limit {rule.AtMost:P1}{because}");
        return new(Named(bench.Signal, region), says, words, ours, pair.Baseline, rule.AtMost, strength, needed);
    }

    private static string Numbers(NeighbourPair pair) => pair switch
    {
        { Candidate.Exposures: 0, Comparable: false } => $"{pair.Untold} bad, of no version in particular",
        { Comparable: true } => $"{pair.Candidate} bad; the running version {pair.Baseline}",
        _ => $"{pair.Candidate} bad; no running version to compare with",
    };

    private static string Named(HealthSignal signal, string region) => region.Length == 0 ? signal.Name : $"{signal.Name}, region {region}";

    /// <summary>What every region of a signal is judged with.</summary>
    private sealed record Bench(GateDefinition Gate, HealthSignal Signal, bool Vouched, int Looks, int Groups);
}
