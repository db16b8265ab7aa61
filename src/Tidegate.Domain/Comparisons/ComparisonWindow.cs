using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What both versions did between two looks, as it is recorded: everything a gate needs to judge it again, in few bytes.</summary>
/// <param name="Share">Hundredths of a percent of the requests that were routed to the candidate throughout.</param>
/// <param name="Missing">Why it cannot be read, or null: then it is evidence.</param>
/// <param name="Incident">What was wrong meanwhile that no version causes, or null.</param>
/// <param name="All">Requests of candidate and baseline, failures of candidate and baseline.</param>
/// <param name="Endpoints">The same four, for each endpoint of the reference.</param>
/// <param name="Slow">At the 99th, 90th and 50th percentile: the candidate's requests beyond tolerance, margin and edge, the baseline's beyond the edge.</param>
/// <param name="Memory">Candidate minus baseline in percent of the limit; null when it is not read.</param>
public sealed record ComparisonWindow(
    [property: JsonPropertyName("s")] int Share,
    [property: JsonPropertyName("x"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Missing,
    [property: JsonPropertyName("i"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Incident,
    [property: JsonPropertyName("n")] IReadOnlyList<long> All,
    [property: JsonPropertyName("e")] IReadOnlyList<IReadOnlyList<long>> Endpoints,
    [property: JsonPropertyName("q")] IReadOnlyList<IReadOnlyList<long>> Slow,
    [property: JsonPropertyName("m"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Memory)
{
    /// <summary>All requests that the running version answered, when only its fresh instances are compared; see <see cref="FreshBaseline"/>.</summary>
    [JsonPropertyName("b"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? BaselineAltogether { get; init; }

    /// <summary>A window in which an arm could not be read: no evidence, and time stands still.</summary>
    public static ComparisonWindow Unread(TrafficShare share, string because) => new(share.BasisPoints, because, null, [0, 0, 0, 0], [], [], null);

    [JsonIgnore]
    public PairedCounts Requests => Paired(All);

    public PairedCounts Endpoint(int index) => Paired(Endpoints[index]);

    /// <summary>As the gate reads it.</summary>
    /// <exception cref="InvalidDataException">It is not of this reference: a number is missing.</exception>
    public GateReading Reading(ComparisonReference reference)
    {
        if (Missing is not null) return new(new TrafficShare(Share).Ratio, true, default, default, default, default, default, null) { Incident = Incident is not null };
        if (All.Count != 4 || Slow.Count != 3 || Endpoints.Count != reference.Endpoints.Count || Endpoints.Concat(Slow).Any(c => c.Count != 4))
        {
            throw new InvalidDataException("a recorded window does not have the numbers that its reference asks for.");
        }

        return new(
            new TrafficShare(Share).Ratio,
            false,
            Requests,
            Endpoints.Select(Paired).ToArray(),
            Slows(0),
            Slows(1),
            Slows(2),
            Memory) { Incident = Incident is not null, BaselineAltogether = BaselineAltogether };
    }

    private SlowCounts Slows(int at) => new(Slow[at][0], Slow[at][1], Slow[at][2], Slow[at][3]);

    private static PairedCounts Paired(IReadOnlyList<long> counts) => new(counts[0], counts[1], counts[2], counts[3]);
}
