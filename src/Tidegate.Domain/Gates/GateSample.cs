namespace Tidegate;

/// <summary>One look: everything read at about the same instant.</summary>
/// <param name="Span">Time since the look before, on the monotonic clock.</param>
/// <param name="Traffic">The edges' counts.</param>
/// <param name="Readings">By signal name; traffic signals have none of their own.</param>
/// <param name="Incident">What is wrong that no version causes, for example a shared dependency that is down; null when nothing is.</param>
public sealed record GateSample(
    TimeSpan Span,
    TrafficReading Traffic,
    IReadOnlyDictionary<string, SignalReading> Readings,
    string? Incident)
{
    /// <summary>What is not as it was placed, and whether or not this version is the cause is not known; null when all stands.</summary>
    public string? Drift { get; init; }

    /// <summary>What ran at this instant; null when the platform could not be asked.</summary>
    public EnvironmentObservation? Environment { get; init; }
}
