namespace Tidegate;

/// <summary>Requests, failures and slowness of one version at one endpoint.</summary>
/// <param name="Requests">Answered or failed, each once.</param>
/// <param name="Errors">5xx, or no answer.</param>
/// <param name="Slower">For each histogram edge in milliseconds, how many requests took longer; edges ascend.</param>
public sealed record EndpointCounters(long Requests, long Errors, IReadOnlyDictionary<double, long> Slower)
{
    public static EndpointCounters Zero { get; } = new(0, 0, new Dictionary<double, long>());

    public EndpointCounters Plus(EndpointCounters other)
    {
        // Called for every endpoint at every look: a dry run of half a day does it a million times.
        if (other.Slower.Count == 0) return this with { Requests = Requests + other.Requests, Errors = Errors + other.Errors };

        var slower = new Dictionary<double, long>(other.Slower);
        foreach (var (edge, count) in Slower) slower[edge] = slower.GetValueOrDefault(edge) + count;
        return new(Requests + other.Requests, Errors + other.Errors, slower);
    }

    public static EndpointCounters Sum(IEnumerable<EndpointCounters> counters) => counters.Aggregate(Zero, (sum, one) => sum.Plus(one));

    /// <summary>What came since <paramref name="earlier"/>. A counter that went down was restarted: all of it is new.</summary>
    /// <remarks>How many were slower is no counter: a request that is counted before its duration is slow for an instant, and then is not.</remarks>
    public EndpointCounters Since(EndpointCounters earlier) => Requests < earlier.Requests || Errors < earlier.Errors
        ? this
        : new(
            Requests - earlier.Requests,
            Errors - earlier.Errors,
            Slower.ToDictionary(s => s.Key, s => Math.Max(0, s.Value - earlier.Slower.GetValueOrDefault(s.Key))));

    /// <summary>How many took longer than this, counted at the first edge that is not below it.</summary>
    public long SlowerThan(double milliseconds) =>
        Slower.Where(s => s.Key >= milliseconds - 1e-9).OrderBy(s => s.Key).Select(s => s.Value).FirstOrDefault();
}

/// <summary>One version's counts in one region, by endpoint; cumulative, as an edge keeps them.</summary>
public sealed record VersionTraffic(string Region, ArtifactDigest Digest, IReadOnlyDictionary<string, EndpointCounters> Endpoints)
{
    /// <summary>The same requests by the instance that answered, and then by endpoint; empty where the edge does not tell.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, EndpointCounters>> Instances { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, EndpointCounters>>();
}
