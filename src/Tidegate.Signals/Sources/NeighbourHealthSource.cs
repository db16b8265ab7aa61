using Tidegate.Engine;

namespace Tidegate.Signals;

/// <summary>Asks a caller or callee that has an address of its own for its health. Silence of a health endpoint is a bad answer.</summary>
public sealed class NeighbourHealthSource : ISignalSource
{
    public bool Reads(SignalRule rule) => rule is SignalRule.Health { Address: not null };

    public async Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken)
    {
        var rule = (SignalRule.Health)signal.Rule;
        var address = rule.Address!;
        var answer = await InstanceClient.SendAsync(address.GetLeftPart(UriPartial.Authority), "GET", address.PathAndQuery, null, cancellationToken);
        return HealthWord.Failure(answer, address.PathAndQuery, rule.Answer) is { } failure
            ? new SignalReading.Failed(failure)
            : new SignalReading.Passed();
    }
}
