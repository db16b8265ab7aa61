namespace Tidegate;

/// <summary>A comparison in words: what was seen, how large the difference is, what would have been seen, what is still missing.</summary>
public static class ComparisonEvidence
{
    /// <summary>One line for each question, plain words first, numbers after.</summary>
    public static IReadOnlyList<Evidence> Of(Comparison comparison)
    {
        var (nats, needed) = comparison.Accusation;
        var (seen, slow) = (comparison.Seen, comparison.Slow);
        var accused = comparison.State.Phase == GatePhase.RolledBack;
        var says = accused ? Verdict.Unhealthy : comparison.Cleared ? Verdict.Healthy : Verdict.Insufficient;
        var rows = new List<Evidence>
        {
            new(Judgement.Comparison, says, Conclusion(comparison), Strength: Finite(nats), Needed: needed),
            Row("failures beside the running version", seen, "failed", comparison, says),
            Row("slow requests beside the running version", slow, FormattableString.Invariant($"took over {comparison.Reference.At99.Edge:0.#} ms"), comparison, says),
        };
        if (Worst(comparison) is { } worst) rows.Add(worst with { Says = says });
        if (comparison.Shadow is { } shadow) rows.Add(new($"shadow gate {comparison.Plan.Shadow!.Name}", says, "decides nothing; would say: " + Phase(shadow)));
        return rows;
    }

    /// <summary>What is missing before the step is healthy, and how long that takes by what is known; empty when nothing is.</summary>
    public static IReadOnlyList<string> Missing(Comparison comparison)
    {
        if (comparison.Cleared || comparison.State.Phase == GatePhase.RolledBack) return [];

        var (state, options) = (comparison.State, comparison.Plan.Options);
        var missing = new List<string>();
        if (comparison.UnreadInRow > 0) missing.Add($"the counts of both versions: {comparison.UnreadInRow} looks in a row could not be read");
        if (state.Incident.On) missing.Add(state.Incident.Seen ? "the end of an incident that no version causes" : "the running version itself to recover: it fails more than before, so this release is not the cause");
        if (state.Phase == GatePhase.Held) missing.Add(state.Because);
        if (state.Phase == GatePhase.Probe) missing.Add("the end of a probe: something rose after the promotion, so half of the requests go to the version before, and both are compared again");
        if (state.Phase == GatePhase.Watch) missing.Add($"watch: {Words.Seconds(state.Judged - state.PromotedAt)} of {Words.Seconds(options.WatchTime)}");
        if (state.Phase != GatePhase.Ramp) return missing;

        if (state.Judged < options.MinimumTime) missing.Add($"comparison: {Words.Seconds(state.Judged)} of at least {Words.Seconds(options.MinimumTime)}");
        missing.AddRange(comparison.Reference.Endpoints.Zip(state.For.EndpointRequests)
            .Where((e, i) => Coverable(comparison, i) && e.Second < options.EndpointFloor)
            .Select(e => $"{e.First}: {e.Second} of {options.EndpointFloor} requests"));
        if (!state.For.Passes(options)) missing.Add(Evidence(comparison));
        return missing;
    }

    /// <summary>Endpoints with too little traffic to be covered: nothing is known of them.</summary>
    public static IReadOnlyList<string> Uncovered(Comparison comparison) => [.. comparison.Reference.Endpoints.Where((_, i) => !Coverable(comparison, i))];

    /// <summary>How many times the running version's rate a candidate would have had to fail for these counts to be a verdict.</summary>
    /// <returns>Above the tolerance; infinite when no fault would have been seen yet.</returns>
    /// <remarks>The expected log-likelihood ratio of the conditional binomial reaches what an accusation by failures alone needs (docs/gate.md).</remarks>
    public static double SmallestVisible(Comparison comparison)
    {
        var (seen, options) = (comparison.Seen, comparison.Plan.Options);
        if (!seen.Comparable) return double.PositiveInfinity;

        // Half of the weight is on "from the start", spread over the alternatives; the failures have their share of the budget.
        var needed = comparison.Accusation.Needed - Math.Log(options.Budget.Errors) + Math.Log(2 * RateRatio.MostAlternatives);
        var usual = Math.Max(comparison.Reference.FailureRate, seen.BaselineEvents / (double)seen.Baseline);
        var (low, high) = (options.Tolerance, 1 / usual);
        if (Expected(high) < needed) return double.PositiveInfinity;
        for (var i = 0; i < 60; i++)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = Expected(middle) < needed ? (middle, high) : (low, middle);
        }

        return high;

        double Expected(double ratio)
        {
            var share = ratio * seen.Candidate / ((ratio * seen.Candidate) + seen.Baseline);
            var borne = options.Tolerance * seen.Candidate / ((options.Tolerance * seen.Candidate) + seen.Baseline);
            var events = usual * ((ratio * seen.Candidate) + seen.Baseline);
            return events * ((share * Math.Log(share / borne)) + ((1 - share) * Math.Log((1 - share) / (1 - borne)))) / comparison.Plan.Dispersion;
        }
    }

    /// <summary>The ratio of the two rates that the counts leave possible, valid at every look; null when nothing was counted.</summary>
    public static (double Low, double High)? Ratio(PairedCounts seen, double alpha)
    {
        if (!seen.Comparable || seen.Events == 0) return null;
        var prior = seen.Candidate / (double)seen.Requests;
        var (low, high) = MixtureInterval.Of(seen.CandidateEvents, seen.BaselineEvents, prior, 10, alpha);
        return (MixtureInterval.Ratio(low, seen.Candidate, seen.Baseline), MixtureInterval.Ratio(high, seen.Candidate, seen.Baseline));
    }

    private static string Conclusion(Comparison comparison) => comparison.State.Phase switch
    {
        GatePhase.RolledBack => comparison.State.Because,
        GatePhase.Held => comparison.State.Because,
        GatePhase.Watch or GatePhase.Released when comparison.Cleared => $"{comparison.State.Because}{NotCovered(comparison)}",
        GatePhase.Watch => "all requests go to the new version; it is watched beside what the version before showed",
        GatePhase.Probe => "a suspicion is being settled: half of the requests go to the version before",
        _ => $"nothing speaks against it so far; {Visible(comparison)}",
    };

    private static string Visible(Comparison comparison) => SmallestVisible(comparison) is var ratio && double.IsFinite(ratio)
        ? FormattableString.Invariant($"failing {ratio:0.#} times as often would have been seen by now")
        : "too few requests yet to have seen even a total failure for sure";

    private static string NotCovered(Comparison comparison) => Uncovered(comparison) is { Count: > 0 } uncovered
        ? $"; too little traffic to say anything of {string.Join(", ", uncovered)}"
        : "";

    private static Evidence Row(string name, PairedCounts seen, string what, Comparison comparison, Verdict says)
    {
        var (ours, theirs) = (new EventCount(seen.CandidateEvents, seen.Candidate), new EventCount(seen.BaselineEvents, seen.Baseline));
        var effect = Ratio(seen, comparison.Plan.Options.Alpha) is { } ratio
            ? FormattableString.Invariant($"; {Times(ratio.Low)} to {Times(ratio.High)} times the running version's")
            : "";
        return new(name, says, $"{ours} {what}; the running version {theirs}{effect}", ours, theirs, comparison.Plan.Options.Tolerance);
    }

    /// <summary>The endpoint that speaks most against the candidate, where one does.</summary>
    private static Evidence? Worst(Comparison comparison)
    {
        var worst = comparison.State.Against.Endpoints
            .Select((stream, i) => (Nats: stream.Evidence.LogValue, Endpoint: i))
            .OrderByDescending(e => e.Nats)
            .FirstOrDefault();
        return worst.Nats <= 1 ? null : Row($"failures beside the running version, {comparison.Reference.Endpoints[worst.Endpoint]}", comparison.Endpoints[worst.Endpoint], "failed", comparison, Verdict.Insufficient) with { Strength = Finite(worst.Nats) };
    }

    private static string Evidence(Comparison comparison)
    {
        var (state, options) = (comparison.State, comparison.Plan.Options);
        var needed = Math.Log(1 / options.Beta);
        var least = Math.Min(state.For.FailuresLogValue, Math.Min(state.For.Slow99.LogValue, state.For.Slow50.LogValue));
        var text = FormattableString.Invariant($"evidence that it is not harmful: {Math.Max(0, least):0.0} of {needed:0.0}");
        var seconds = least > 0.1 ? (needed - least) / (least / Math.Max(1, (state.Judged - options.WarmUp).TotalSeconds)) : double.PositiveInfinity;
        var cap = Math.Max(0, (options.CapTime + options.WarmUp - state.Judged).TotalSeconds);
        return Math.Min(seconds, cap) is var left && double.IsFinite(left) && left > 0
            ? $"{text}, about {Words.Seconds(TimeSpan.FromSeconds(Math.Ceiling(left)))} more"
            : text;
    }

    private static bool Coverable(Comparison comparison, int endpoint)
    {
        var options = comparison.Plan.Options;
        return comparison.Reference.EndpointShares[endpoint] * comparison.Plan.RequestsPerSecond * options.SoakWeight * options.LowTrafficTime.TotalSeconds >= options.EndpointFloor;
    }

    private static string Phase(SequentialState state) => state.Phase switch
    {
        GatePhase.RolledBack => $"roll back: {state.Because}",
        GatePhase.Released or GatePhase.Watch => "healthy",
        GatePhase.Held => $"hold: {state.Because}",
        GatePhase.Probe => "probe",
        _ => FormattableString.Invariant($"not yet, {100 * state.Weight:0.##} % of the requests"),
    };

    private static string Times(double ratio) => !double.IsFinite(ratio) || ratio >= 1_000 ? "over 1000" : ratio.ToString(ratio < 10 ? "0.0" : "0", System.Globalization.CultureInfo.InvariantCulture);

    private static double Finite(double nats) => double.IsFinite(nats) ? nats : double.MaxValue;
}
