namespace Tidegate.Engine;

/// <summary>Signals that the platform's own observation holds: do instances live, how much memory do they take, and is a callee ready that
/// the platform runs beside them.</summary>
public sealed class ObservationSource : ISignalSource
{
    private const double Mebibyte = 1024 * 1024;

    public bool Reads(SignalRule rule) => rule is SignalRule.Liveness or SignalRule.MemoryGrowth or SignalRule.Health { Address: null };

    public Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken) => Task.FromResult(signal.Rule switch
    {
        SignalRule.Liveness => Liveness(target),
        SignalRule.Health => Neighbour(signal.Neighbour, target),
        _ => Memory(target),
    });

    private static SignalReading Liveness(SignalTarget target)
    {
        var dead = target.CandidateInstances.Where(i => i.State == InstanceState.Exited || i.Restarts > 0).Select(i => i.Id).ToList();
        return dead.Count > 0 ? new SignalReading.Failed($"died and was restarted: {string.Join(", ", dead)}")
            : target.Nobody is { } nobody ? nobody
            : new SignalReading.Passed();
    }

    private static SignalReading Memory(SignalTarget target)
    {
        if (target.Nobody is { } nobody) return nobody;

        var candidate = Largest(target.CandidateInstances);
        return candidate is { } value
            ? new SignalReading.Measured(value, Largest(target.BaselineInstances))
            : target.CandidateInstances.Any() ? new SignalReading.NoData("the platform tells no memory of any instance") : new SignalReading.Passed();
    }

    /// <summary>A copy that belongs to one version is no neighbour: its health shows in what that version answers.</summary>
    private static SignalReading Neighbour(string? name, SignalTarget target)
    {
        var known = target.Environment.Regions.SelectMany(r => r.Dependencies.Where(d => d.Name == name).Select(d => (r.Region, Dependency: d))).ToList();
        if (known.Count == 0) return new SignalReading.NoData($"the platform runs no {name} here");

        var down = known.Where(k => k.Dependency is { Shared: true, Ready: false }).Select(k => k.Region).ToList();
        return down.Count == 0 ? new SignalReading.Passed() : new SignalReading.Failed($"it is down in {string.Join(", ", down)}");
    }

    private static double? Largest(IEnumerable<InstanceObservation> instances) =>
        instances.Select(i => i.ResidentBytes / Mebibyte).Max();
}
