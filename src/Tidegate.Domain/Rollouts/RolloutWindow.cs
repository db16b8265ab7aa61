using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What both versions did in every region between two looks, as it is recorded: everything a rollout needs to be judged again.</summary>
/// <param name="Seconds">Between the two looks.</param>
/// <param name="Regions">In the order of the plan.</param>
/// <param name="Incident">What was wrong meanwhile that no version causes, or null.</param>
public sealed record RolloutWindow(
    [property: JsonPropertyName("t")] double Seconds,
    [property: JsonPropertyName("r")] IReadOnlyList<RegionWindow> Regions,
    [property: JsonPropertyName("i"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Incident = null);

/// <summary>One region in one window.</summary>
public sealed record RegionWindow
{
    /// <summary>Why its counts cannot be read, or null: then they are evidence.</summary>
    [JsonPropertyName("x"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Missing { get; init; }

    /// <summary>Of its requests that were routed to the candidate throughout.</summary>
    [JsonPropertyName("s")]
    public TrafficShare Share { get; init; }

    /// <summary>Ready instances of the candidate at the end of the window.</summary>
    [JsonPropertyName("c")]
    public int CandidateReady { get; init; }

    /// <summary>Ready instances of the version before.</summary>
    [JsonPropertyName("o")]
    public int RunningReady { get; init; }

    /// <summary>The share had been taken back before this window, by the platform or by whoever stopped watching.</summary>
    [JsonPropertyName("w"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Withdrawn { get; init; }

    /// <summary>Each instance of the candidate that was there.</summary>
    [JsonPropertyName("ci")]
    public IReadOnlyList<InstanceCell> Candidate { get; init; } = [];

    [JsonPropertyName("oi")]
    public IReadOnlyList<InstanceCell> Running { get; init; } = [];

    /// <summary>By endpoint, then by zone: requests of candidate and running version, failures of both. Empty while only one version takes requests.</summary>
    [JsonPropertyName("e"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<long>>? Endpoints { get; init; }

    /// <summary>By endpoint: kinds of answers of the candidate, then of the running version (see <see cref="AnswerKinds"/>).</summary>
    [JsonPropertyName("a"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<long>>? Answers { get; init; }

    /// <summary>At the 99th, 90th and 50th percentile and at the declared limit: the candidate's requests beyond tolerance, margin and edge, the running
    /// version's beyond the edge.</summary>
    [JsonPropertyName("q"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<long>>? Slow { get; init; }

    /// <summary>By declared metric: exposures of both, events of both.</summary>
    [JsonPropertyName("m"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<long>>? Metrics { get; init; }

    /// <summary>Journeys: walks of both versions, failed walks of both.</summary>
    [JsonPropertyName("j"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? Journeys { get; init; }

    /// <summary>Readiness: instances that were asked of both versions, those that began to say no of both.</summary>
    [JsonPropertyName("y"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? Ready { get; init; }

    /// <summary>Deaths that nobody ordered, of both versions.</summary>
    [JsonPropertyName("d"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Deaths { get; init; }

    /// <summary>The candidate's memory beside that of instances of its age, in percent of the limit; null when it is not read.</summary>
    [JsonPropertyName("g"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Memory { get; init; }

    [JsonIgnore]
    public EventCount CandidateCount => Sum(Candidate);

    [JsonIgnore]
    public EventCount RunningCount => Sum(Running);

    [JsonIgnore]
    public int CandidateDeaths => Deaths is { } d ? d[0] : 0;

    [JsonIgnore]
    public int RunningDeaths => Deaths is { } d ? d[1] : 0;

    public static RegionWindow Unread(TrafficShare share, string because) => new() { Share = share, Missing = because };

    private static EventCount Sum(IReadOnlyList<InstanceCell> cells)
    {
        var (requests, failures) = (0L, 0L);
        for (var i = 0; i < cells.Count; i++)
        {
            requests += cells[i].Requests;
            failures += cells[i].Failures;
        }

        return new(failures, requests);
    }
}

/// <summary>One instance in one window.</summary>
/// <param name="Zone">Index into the region's zones.</param>
public readonly record struct InstanceCell(
    [property: JsonPropertyName("i")] string Instance,
    [property: JsonPropertyName("z")] int Zone,
    [property: JsonPropertyName("n")] long Requests,
    [property: JsonPropertyName("x")] long Failures);
