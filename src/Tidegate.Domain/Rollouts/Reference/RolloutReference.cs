using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What the running version has shown in the hour before, measured by the product from what its instances counted: fixed before the first window.</summary>
/// <param name="Covers">How much of the hour there was: less where the edges were started later.</param>
/// <param name="Regions">In the order of the plan.</param>
/// <param name="FailureRate">Share of all requests that failed, incidents left out: above 0.</param>
/// <param name="Dispersion">φ for what speaks for the candidate, of all regions together.</param>
/// <param name="SlowDispersion">φ of slow requests at the 99th, 90th and 50th percentile.</param>
/// <param name="Crashes">Deaths of the running version's instances in its last day.</param>
/// <param name="InstanceHours">That they are of: above 0.</param>
/// <param name="EndpointShares">Share of requests, by endpoint of the plan.</param>
public sealed record RolloutReference(
    TimeSpan Covers,
    IReadOnlyList<RegionReference> Regions,
    double FailureRate,
    double Dispersion,
    IReadOnlyList<double> SlowDispersion,
    double Crashes,
    double InstanceHours,
    IReadOnlyList<double> EndpointShares)
{
    /// <summary>How much colder than the running version young instances may be, by the starts of the last releases; null: nothing is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StartProfile? Starts { get; init; }
}

/// <summary>One region.</summary>
/// <param name="RequestsPerSecond">As measured, or as declared where nothing was.</param>
/// <param name="FailureRate">Of its requests, incidents left out: above 0.</param>
/// <param name="Counts">φ of failures by counts.</param>
/// <param name="Hits">φ of cells that were hit.</param>
/// <param name="For">φ for what speaks for the candidate.</param>
/// <param name="Cell">Mean requests of an instance in a window.</param>
/// <param name="HitRate">Hits for each request of an instance.</param>
/// <param name="Sick">Instances that failed far more than the others: no part of the comparison.</param>
/// <param name="Edges">At the 99th, 90th and 50th percentile, and at the declared limit.</param>
/// <param name="SlowRate">Share of requests beyond the 99th percentile's edge.</param>
/// <param name="Zones">Names; an instance without one is in the first.</param>
public sealed record RegionReference(
    double RequestsPerSecond,
    double FailureRate,
    double Counts,
    double Hits,
    double For,
    double Cell,
    double HitRate,
    IReadOnlyList<string> Sick,
    IReadOnlyList<LatencyEdges> Edges,
    double SlowRate,
    IReadOnlyList<string> Zones)
{
    /// <summary>Requests that took longer than the declared limit, of all that were timed; null: none is declared, or
    /// none was timed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventCount? BeyondLimit { get; init; }

    [JsonIgnore]
    public int ZoneCount => Math.Max(1, Zones.Count);

    public int ZoneOf(string? zone)
    {
        for (var z = 0; z < Zones.Count; z++)
        {
            if (Zones[z] == zone) return z;
        }

        return 0;
    }
}
