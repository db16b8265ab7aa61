namespace Tidegate.Engine;

/// <summary>Everything that was seen at one instant, and what a window needs of the instant before.</summary>
/// <param name="Sample">Counts, what runs, and the signals that are not compared.</param>
/// <param name="Probes">Journeys and readiness of both versions.</param>
/// <param name="Shares">The candidate's share by region, as observed.</param>
internal sealed record RolloutLook(GateSample Sample, IReadOnlyList<ProbeCount> Probes, IReadOnlyDictionary<string, TrafficShare> Shares)
{
    public TrafficReading.Counted? Counts => Sample.Traffic as TrafficReading.Counted;

    public EnvironmentObservation? Environment => Sample.Environment;

    public string Missing => (Sample.Traffic as TrafficReading.SourceFailed)?.Because ?? "the edges told nothing";
}
