namespace Tidegate.Engine.Simulation;

/// <summary>Reads, from what the simulation knows, the signals that a real run reads by HTTP or from a program.</summary>
public sealed class SimulatedSignals(SimulatedPlatform platform) : ISignalSource
{
    public bool Reads(SignalRule rule) => rule is not (SignalRule.Liveness or SignalRule.MemoryGrowth or SignalRule.Health { Address: null });

    public Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken)
    {
        if (signal.Rule is SignalRule.Metric { At.Path: not null }) return Task.FromResult<SignalReading>(new SignalReading.Counted(platform.Calls(target.Environment.Environment)));

        if (signal.Rule is SignalRule.Readiness or SignalRule.Journey && target.Nobody is { } nobody) return Task.FromResult<SignalReading>(nobody);

        var running = target.Versions.Select(v => v.Version.Digest).ToHashSet();
        var unreadable = running.Count > 1 && running.Any(d => platform.Versions.GetValueOrDefault(d)?.WritesUnreadableData == true);
        return Task.FromResult<SignalReading>(signal.Rule is SignalRule.Data && unreadable
            ? new SignalReading.Failed("data written by the one version cannot be read by the other")
            : new SignalReading.Passed());
    }
}
