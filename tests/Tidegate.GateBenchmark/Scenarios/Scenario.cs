using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidegate.GateBenchmark.Scenarios;

/// <summary>One stochastic world: an environment and what the candidate does wrong in it.</summary>
/// <param name="Expected"><c>promote</c>, <c>rollback</c> or <c>either</c>.</param>
internal sealed record Scenario(
    string Name,
    double Rps,
    [property: JsonPropertyName("env")] EnvironmentKind Environment,
    Fault Fault,
    string Expected,
    string Note = "",
    [property: JsonPropertyName("service")] Service? Written = null)
{
    private const double BurstyCluster = 3;

    /// <summary>The running version; the suite's own when nothing is written.</summary>
    [JsonIgnore]
    public Service Service { get; } = Written ?? Service.Usual;

    /// <summary>Mean size of the clusters that failures come in; 1: each is alone.</summary>
    [JsonIgnore]
    public double Cluster => Environment == EnvironmentKind.Bursty ? BurstyCluster : Service.Cluster(Service.Dispersion);

    public bool IsHealthy => Expected == "promote";

    public bool MustRollBack => Expected == "rollback";
}

[JsonConverter(typeof(JsonStringEnumConverter<EnvironmentKind>))]
internal enum EnvironmentKind
{
    Steady,
    Incidents,
    Diurnal,
    Bursty,
    Nodata,
}

/// <summary>What is wrong with the candidate; all zero: nothing.</summary>
/// <param name="Err">Added failure probability.</param>
/// <param name="Lat">How much the 99th percentile is stretched.</param>
/// <param name="All">By how much every request is slower.</param>
/// <param name="Ep0">Added failure probability at the endpoint with 1 % of the traffic.</param>
/// <param name="Hetero">Harmless relative difference of its instances.</param>
/// <param name="Warm">Strength of a harmless cold start.</param>
/// <param name="MemoryPerMinute">Percent of the memory limit.</param>
internal sealed record Fault(
    double Err = 0,
    double Lat = 0,
    double All = 0,
    double Ep0 = 0,
    double Hetero = 0,
    double Warm = 0,
    [property: JsonPropertyName("onset_s")] double Onset = 0,
    [property: JsonPropertyName("ramp_s")] double Ramp = 0,
    [property: JsonPropertyName("mem_pct_per_min")] double MemoryPerMinute = 0,
    bool Blackhole = false)
{
    /// <summary>How much of the fault is there at this second.</summary>
    public double Severity(double at) => at < Onset ? 0 : Ramp <= 0 ? 1 : Math.Min(1, (at - Onset) / Ramp);
}

/// <summary>A file of scenarios: the suite's format, whatever else it says beside.</summary>
internal sealed record ScenarioFile(IReadOnlyList<Scenario> Scenarios)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { PropertyNameCaseInsensitive = true };

    public static IReadOnlyList<Scenario> Read(string path) => JsonSerializer.Deserialize<ScenarioFile>(File.ReadAllText(path), Format)!.Scenarios;
}
