using Tidegate.Engine;

namespace Tidegate.Pipeline;

/// <summary>What a delivery works with: the real ones, or the ones of a dry run. Nothing above this line knows which.</summary>
public sealed record DeliveryParts(
    ILedger Ledger,
    IPlatform Platform,
    ITrafficSource Traffic,
    IReadOnlyList<ISignalSource> Sources,
    IReleaseProgress Progress,
    TimeProvider Time)
{
    /// <summary>Asks both versions; null: with the sources that ask the candidate.</summary>
    public IVersionProbe? Probe { get; init; }

    public ReleaseEngine Engine() => new(Platform, Traffic, Sources, Progress, Time, Probe);
}
