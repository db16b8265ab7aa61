namespace Tidegate.Engine;

/// <summary>Signals that the platform's own observation holds: do instances live, and how much memory do they take.</summary>
public sealed class ObservationSource : ISignalSource
{
    private const double Mebibyte = 1024 * 1024;

    public bool Reads(SignalRule rule) => rule is SignalRule.Liveness or SignalRule.MemoryGrowth;

    public Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken) => Task.FromResult(
        signal.Rule is SignalRule.Liveness ? Liveness(target) : Memory(target));

    private static SignalReading Liveness(SignalTarget target)
    {
        var dead = target.CandidateInstances.Where(i => i.State == InstanceState.Exited || i.Restarts > 0).Select(i => i.Id).ToList();
        return dead.Count == 0 ? new SignalReading.Passed() : new SignalReading.Failed($"died and was restarted: {string.Join(", ", dead)}");
    }

    private static SignalReading Memory(SignalTarget target)
    {
        var candidate = Largest(target.CandidateInstances);
        return candidate is { } value
            ? new SignalReading.Measured(value, Largest(target.BaselineInstances))
            : target.CandidateInstances.Any() ? new SignalReading.NoData("the platform tells no memory of any instance") : new SignalReading.Passed();
    }

    private static double? Largest(IEnumerable<InstanceObservation> instances) =>
        instances.Select(i => i.ResidentBytes / Mebibyte).Max();
}
