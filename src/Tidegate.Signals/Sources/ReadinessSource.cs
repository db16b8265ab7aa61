using Tidegate.Engine;

namespace Tidegate.Signals;

/// <summary>Asks every instance of the candidate for its health.</summary>
public sealed class ReadinessSource : ISignalSource
{
    public bool Reads(SignalRule rule) => rule is SignalRule.Readiness;

    public async Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken)
    {
        var path = ((SignalRule.Readiness)signal.Rule).Path;
        // One that drains was told to go, and no longer says that it is ready.
        var instances = target.CandidateInstances.Where(i => i.State != InstanceState.Draining).ToList();
        var failures = await Places.FailuresAsync(instances, (instance, token) => FailureAsync(instance, path, token), cancellationToken);

        var failed = failures.OfType<string>().ToList();
        return failed.Count > 0 ? new SignalReading.Failed(failed.Count == 1 ? failed[0] : $"{failed.Count} of {instances.Count} instances; the first: {failed[0]}")
            : target.Nobody is { } nobody ? nobody
            : new SignalReading.Passed();
    }

    private static async Task<string?> FailureAsync(InstanceObservation instance, string path, CancellationToken cancellationToken)
    {
        if (instance.Address is not { } address) return $"{instance.Id} has no address; it is {instance.State}";

        return HealthWord.Failure(await InstanceClient.SendAsync(address, "GET", path, null, cancellationToken), path) is { } failure ? $"{instance.Id}: {failure}" : null;
    }
}
