namespace Tidegate.Engine;

/// <summary>Looks before anything is touched: what is bad already is not this release's doing, would be blamed on it, and would stop it half-way.</summary>
/// <remarks>Reads what needs no candidate: shared dependencies, alerts, and neighbours. Two looks, where counts need an interval or where
/// the first was not good: one lost answer is no reason to keep a release waiting.</remarks>
internal sealed class PreFlight(IPlatform platform, ITrafficSource traffic, IReadOnlyList<ISignalSource> sources, TimeProvider time)
{
    private const int Looks = 2;

    /// <summary>What is not green; empty when the release may begin.</summary>
    public async Task<IReadOnlyList<string>> ObstaclesAsync(ReleasePlan plan, CancellationToken cancellationToken)
    {
        var cadence = plan.Steps[0].Bake.SampleEvery;
        var gate = plan.Gate with { Signals = [.. plan.Gate.Signals.Where(s => s.Role != SignalRole.Shadow && NeedsNoCandidate(s))] };
        var sampler = new SignalSampler(platform, traffic, sources, cadence, time);
        var window = GateWindow.Open(plan.Candidate.Digest);
        var obstacles = new List<string>();
        for (var look = 1; look <= Looks; look++)
        {
            if (look > 1) await Task.Delay(cadence, time, cancellationToken);
            window = window.Add(gate, await sampler.LookAsync(plan with { Gate = gate }, standing: null, cancellationToken) with { Span = look > 1 ? cadence : TimeSpan.Zero });
            obstacles = [.. gate.Signals.Select(s => NotGreen(s, window.Tallies[s.Name])).Prepend(window.Incident).OfType<string>()];
            if (obstacles.Count == 0 && !gate.Signals.Any(s => s.Rule is SignalRule.Metric)) break;
        }

        return obstacles;
    }

    private static bool NeedsNoCandidate(HealthSignal signal) =>
        signal.Rule is SignalRule.Alerts || (signal.Scope != SignalScope.Own && signal.Rule is not (SignalRule.ErrorRate or SignalRule.Latency or SignalRule.Metric { At.VersionLabel: not null }));

    /// <summary>What an incident does not tell already: an alert of our own, and what could not be read.</summary>
    private static string? NotGreen(HealthSignal signal, SignalTally tally) => tally.Latest switch
    {
        SignalReading.Failed bad when signal.BlamesRelease => $"{signal.Name}: {bad.Because}",
        SignalReading.SourceFailed none => $"{signal.Name}: no answer: {none.Because}",
        SignalReading.NoData none when signal.Rule is not (SignalRule.Health { Address: null } or SignalRule.Metric { At.Path: not null }) => $"{signal.Name}: no value: {none.Because}",
        _ => null, // a callee that the platform runs may be there only once the first instance is
    };
}
