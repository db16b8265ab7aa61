using Tidegate.Engine;

namespace Tidegate.Signals;

/// <summary>Asks every instance of the candidate for its health.</summary>
public sealed class ReadinessSource : ISignalSource
{
    public bool Reads(SignalRule rule) => rule is SignalRule.Readiness;

    public async Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken)
    {
        var rule = (SignalRule.Readiness)signal.Rule;
        // One that drains was told to go, and no longer says that it is ready.
        var instances = target.CandidateInstances.Where(i => i.State != InstanceState.Draining).ToList();
        var failures = await Places.FailuresAsync(
            instances, (instance, token) => FailureAsync(instance, rule, token), cancellationToken);

        var failed = failures.OfType<string>().ToList();
        return failed.Count > 0 ? new SignalReading.Failed(failed.Count == 1 ? failed[0] : $"{failed.Count} of {instances.Count} instances; the first: {failed[0]}")
            : target.Nobody is { } nobody ? nobody
            : new SignalReading.Passed();
    }

    private static async Task<string?> FailureAsync(
        InstanceObservation instance, SignalRule.Readiness rule, CancellationToken cancellationToken)
    {
        if (instance.Address is not { } address) return $"{instance.Id} has no address; it is {instance.State}";

        var answer = await InstanceClient.SendAsync(address, "GET", rule.Path, null, cancellationToken);
        return HealthWord.Failure(answer, rule.Path, rule.Answer) is { } failure ? $"{instance.Id}: {failure}" : null;
    }
}
