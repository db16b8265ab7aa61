namespace Tidegate;

/// <summary>Judges a window: pure, and the same in pre-production and production.</summary>
/// <remarks>Precedence: bad evidence, then what could not be measured, then what is missing; only then Healthy.</remarks>
public static class HealthGate
{
    /// <param name="bake">How long must have been judged before Healthy may be said.</param>
    public static Judgement Judge(GateDefinition gate, GateWindow window, TimeSpan bake)
    {
        var evidence = gate.Signals.SelectMany(s => s.Rule.IsTraffic ? TrafficJudge.Judge(gate, s, window) : [Tallied(s, window)]).ToList();
        var deciding = evidence.Where(e => !IsShadow(gate, e)).ToList();

        if (deciding.Any(e => e.Says == Verdict.Unhealthy)) return new(Verdict.Unhealthy, evidence, []);
        if (deciding.Any(e => e.Says == Verdict.Error)) return new(Verdict.Error, evidence, []);

        var missing = Missing(gate, window, bake, deciding);
        return new(missing.Count == 0 ? Verdict.Healthy : Verdict.Insufficient, evidence, missing);
    }

    /// <summary>Every deciding signal is good at this look, floors and time aside.</summary>
    internal static bool AllGood(GateDefinition gate, GateWindow window) =>
        gate.Signals.Where(s => s.Role != SignalRole.Shadow).All(s => s.Rule.IsTraffic
            ? TrafficJudge.Judge(gate, s, window).All(e => e.Says == Verdict.Healthy)
            : window.Tallies[s.Name] is { Latest: { } latest } tally && SignalTally.Rate(s, latest, tally.First) == Verdict.Healthy);

    private static bool IsShadow(GateDefinition gate, Evidence evidence) =>
        gate.Signals.Any(s => s.Role == SignalRole.Shadow && (evidence.Signal == s.Name || evidence.Signal.StartsWith(s.Name + ", ", StringComparison.Ordinal)));

    private static List<string> Missing(GateDefinition gate, GateWindow window, TimeSpan bake, IReadOnlyList<Evidence> deciding)
    {
        var missing = new List<string>();
        if (window.Incident is { } incident) missing.Add($"not caused by this release: {incident}");
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

    private static Evidence Tallied(HealthSignal signal, GateWindow window)
    {
        var tally = window.Tallies.GetValueOrDefault(signal.Name) ?? SignalTally.Empty;
        var words = Said(signal, tally);

        if (tally.Failures > signal.Tolerance.Failures) return new(signal.Name, Verdict.Unhealthy, words, Strength: double.MaxValue);
        if (tally.ErrorsInRow > signal.Tolerance.ConsecutiveErrors) return new(signal.Name, Verdict.Error, words);
        return tally.Good == 0 || tally.ErrorsInRow > 0 || tally.Latest is SignalReading.NoData
            ? new(signal.Name, Verdict.Insufficient, words)
            : new(signal.Name, Verdict.Healthy, words);
    }

    private static string Said(HealthSignal signal, SignalTally tally) => tally.Latest switch
    {
        null => "no reading yet",
        SignalReading.Failed failed => failed.Because,
        SignalReading.NoData none => "no value: " + none.Because,
        SignalReading.SourceFailed none => $"no answer ({tally.ErrorsInRow} in a row): {none.Because}",
        SignalReading.Measured now when signal.Rule is SignalRule.MemoryGrowth limit && tally.First is { } first =>
            FormattableString.Invariant($"{now.Value:0} MiB, grew by {SignalTally.Growth(now, first):0} MiB (limit {limit.AtMostMebibytes:0})"),
        SignalReading.Measured now => FormattableString.Invariant($"{now.Value}"),
        _ => tally.Failures == 0 ? $"passed {tally.Good} times" : $"passed {tally.Good} times, failed {tally.Failures} times",
    };
}
