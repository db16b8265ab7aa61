namespace Tidegate;

/// <summary>Judges a window: pure, and the same in pre-production and production.</summary>
/// <remarks>Precedence: bad evidence, then what could not be measured, then what is missing; only then Healthy.</remarks>
public static class HealthGate
{
    /// <param name="bake">How long must have been judged before Healthy may be said.</param>
    public static Judgement Judge(GateDefinition gate, GateWindow window, TimeSpan bake)
    {
        var (evidence, deciding) = (new List<Evidence>(), new List<Evidence>());
        foreach (var signal in gate.Signals)
        {
            var shown = Judge(gate, signal, window, window.Judged >= bake);
            evidence.AddRange(shown);
            if (signal.Role != SignalRole.Shadow) deciding.AddRange(shown);
        }

        if (deciding.Any(e => e.Says == Verdict.Unhealthy)) return new(Verdict.Unhealthy, evidence, []);
        if (deciding.Any(e => e.Says == Verdict.Error)) return new(Verdict.Error, evidence, []);

        var missing = Missing(gate, window, bake, deciding);
        return new(missing.Count == 0 ? Verdict.Healthy : Verdict.Insufficient, evidence, missing);
    }

    /// <summary>Every deciding signal is good at this look, floors and time aside.</summary>
    internal static bool AllGood(GateDefinition gate, GateWindow window) =>
        gate.Signals.Where(s => s.Role != SignalRole.Shadow).All(s => s.Rule.IsTraffic
            ? TrafficJudge.Judge(gate, s, window).All(e => e.Says == Verdict.Healthy)
            : window.Tallies[s.Name] is { Latest: SignalReading.Counted } ? Judge(gate, s, window).All(e => e.Says == Verdict.Healthy)
            : window.Tallies[s.Name] is { Latest: { } latest } tally && SignalTally.Rate(s, latest, tally.First) == Verdict.Healthy);

    private static IReadOnlyList<Evidence> Judge(GateDefinition gate, HealthSignal signal, GateWindow window,
        bool baked = false)
    {
        if (signal.Rule.IsTraffic) return TrafficJudge.Judge(gate, signal, window, baked);

        var tally = window.Tallies.GetValueOrDefault(signal.Name) ?? SignalTally.Empty;
        var beyond = tally.Failures > signal.Tolerance.Failures;
        if (beyond && tally.Condemned is { } evidence) return [evidence];
        if (tally.Latest is not SignalReading.Counted || (beyond && signal.BlamesRelease)) return [Tallied(signal, tally)];

        // A bad look that is borne prolongs the bake, as every suspicion does.
        return [.. NeighbourJudge.Judge(gate, signal, window.Tallies, window.Looks).Select(e => e.Says == Verdict.Unhealthy
            ? e with { Says = Verdict.Insufficient, Words = $"{e.Words}; borne {tally.Failures} of {signal.Tolerance.Failures} times" }
            : e)];
    }

    private static List<string> Missing(GateDefinition gate, GateWindow window, TimeSpan bake, IReadOnlyList<Evidence> deciding)
    {
        var missing = new List<string>();
        if (window.Incident is { } incident) missing.Add($"not caused by this release: {incident}");
        else if (window.Drift is { } drift) missing.Add($"not as it was placed: {drift}");
        missing.AddRange(deciding.Where(e => e.Says == Verdict.Insufficient).Select(e => $"{e.Signal}: {e.Words}"));

        foreach (var (endpoint, floor) in gate.Floors)
        {
            var seen = window.Arms.Requests(endpoint);
            if (seen < floor) missing.Add($"{endpoint}: {seen} of {floor} requests");
        }

        if (window.Judged < bake) missing.Add($"bake: {Words.Seconds(window.Judged)} of {Words.Seconds(bake)}");
        if (window.SteadyLooks < gate.SteadySamples && missing.Count == 0)
        {
            missing.Add($"steady: {window.SteadyLooks} of {gate.SteadySamples} samples in a row with every signal good");
        }

        return missing;
    }

    private static Evidence Tallied(HealthSignal signal, SignalTally tally)
    {
        var words = tally.Said(signal);

        if (tally.Failures > signal.Tolerance.Failures && signal.BlamesRelease) return new(signal.Name, Verdict.Unhealthy, words, Strength: double.MaxValue);
        if (tally.ErrorsInRow > signal.Tolerance.ConsecutiveErrors) return new(signal.Name, Verdict.Error, words);
        return tally.Good == 0 || tally.ErrorsInRow > 0 || tally.Latest is SignalReading.NoData || NeighbourJudge.Incident(signal, tally) is not null
            ? new(signal.Name, Verdict.Insufficient, words)
            : new(signal.Name, Verdict.Healthy, words);
    }
}
