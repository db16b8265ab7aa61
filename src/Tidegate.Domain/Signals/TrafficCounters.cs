namespace Tidegate;

/// <summary>Requests, failures, slowness and kinds of answers of one version or instance.</summary>
/// <param name="Requests">Sent to it, each once, from the moment it was picked: one that is still open is an exposure.</param>
/// <param name="Errors">5xx, or no answer; also where another instance then saved the request. What the user broke off is none.</param>
/// <param name="Slower">How many took longer than each edge.</param>
public sealed record EndpointCounters(long Requests, long Errors, LatencyCounts Slower)
{
    public static EndpointCounters Zero { get; } = new(0, 0, LatencyCounts.None);

    /// <summary>The kinds of answers; empty where the source does not tell.</summary>
    public AnswerMix Answers { get; init; }

    public EndpointCounters Plus(EndpointCounters other) =>
        new(Requests + other.Requests, Errors + other.Errors, Slower.Plus(other.Slower)) { Answers = Answers.Plus(other.Answers) };

    public static EndpointCounters Sum(IEnumerable<EndpointCounters> counters) => counters.Aggregate(Zero, (sum, one) => sum.Plus(one));

    /// <summary>What came since <paramref name="earlier"/>. A counter that went down was restarted: all of it is new.</summary>
    public EndpointCounters Since(EndpointCounters earlier) => Requests < earlier.Requests || Errors < earlier.Errors
        ? this
        : new(Requests - earlier.Requests, Errors - earlier.Errors, Slower.Since(earlier.Slower)) { Answers = Answers.Since(earlier.Answers) };

    /// <summary>How many took longer than this, counted at the first edge that is not below it.</summary>
    public long SlowerThan(double milliseconds) => Slower.SlowerThan(milliseconds);
}

/// <summary>What came between two readings of the same counters. One that went down was restarted: all of it is new.</summary>
public readonly struct CountersSince(EndpointCounters now, EndpointCounters earlier)
{
    private readonly EndpointCounters _before = now.Requests < earlier.Requests || now.Errors < earlier.Errors ? EndpointCounters.Zero : earlier;

    public long Requests => now.Requests - _before.Requests;

    public long Errors => now.Errors - _before.Errors;

    public AnswerMix Answers => now.Answers.Since(_before.Answers);

    /// <summary>How many took longer than this; never below 0.</summary>
    public long SlowerThan(double milliseconds) => Math.Max(0, now.SlowerThan(milliseconds) - _before.SlowerThan(milliseconds));
}

/// <summary>One version's counts in one region, by endpoint; cumulative, as an edge keeps them.</summary>
public sealed record VersionTraffic(string Region, ArtifactDigest Digest, IReadOnlyDictionary<string, EndpointCounters> Endpoints)
{
    /// <summary>The same requests by the instance that was picked; empty where the edge does not tell.</summary>
    public IReadOnlyDictionary<string, InstanceTraffic> Instances { get; init; } = new Dictionary<string, InstanceTraffic>();

    /// <summary>Since when these counters count. When it changes, they were restarted, whatever their values. Null: not told.</summary>
    public DateTimeOffset? CountingSince { get; init; }
}

/// <summary>One instance's counts; cumulative.</summary>
/// <param name="Total">All endpoints together.</param>
/// <param name="Endpoints">Failed requests among requests, by endpoint.</param>
public sealed record InstanceTraffic(EndpointCounters Total, IReadOnlyDictionary<string, EventCount> Endpoints);
