namespace Tidegate;

/// <summary>Is something wrong that no version causes? The baseline itself fails more than in the hour before.</summary>
/// <remarks>An incident freezes promotion and ramp, never the accusation: there it cancels by itself.</remarks>
public readonly record struct Incident(Cusum Sum, bool On)
{
    /// <summary>Nats that begin an incident, and nats that end it.</summary>
    private const double Begins = 4.6, Ends = 0.5;

    internal Incident Next(EventCount baseline, double failureRate, double dispersion)
    {
        var sum = Sum.Add(RateRise.OfIncident, baseline, failureRate, dispersion);
        return new(sum, sum.LogValue >= Begins || (On && sum.LogValue > Ends));
    }
}
