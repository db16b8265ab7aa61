namespace Tidegate;

/// <summary>Is something wrong that no version causes? The baseline itself fails more than in the hour before.</summary>
/// <remarks>An incident freezes promotion and ramp, never the accusation: there it cancels by itself.</remarks>
/// <param name="Sum">How far the baseline is beyond its usual.</param>
/// <param name="Rising">The sum says so.</param>
public readonly record struct Incident(Cusum Sum, bool Rising)
{
    /// <summary>Somebody else says so: the platform saw a shared dependency down, for example.</summary>
    public bool Seen { get; init; }

    public bool On => Rising || Seen;

    /// <summary>Nats that begin an incident, and nats that end it.</summary>
    private const double Begins = 4.6, Ends = 0.5;

    internal Incident Next(EventCount baseline, double failureRate, double dispersion)
    {
        var sum = Sum.Add(RateRise.OfIncident, baseline, failureRate, dispersion);
        return new(sum, sum.LogValue >= Begins || (Rising && sum.LogValue > Ends));
    }
}
