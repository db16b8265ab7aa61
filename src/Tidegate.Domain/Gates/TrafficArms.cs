namespace Tidegate;

/// <summary>Counts since the bake began, up to the look before the newest: of the candidate, and of every other version over the same minutes.</summary>
/// <param name="Candidate">By group: the whole, each endpoint, each region.</param>
/// <param name="Baseline">By group, as the candidate's; regions compare with the whole.</param>
public sealed record TrafficArms(
    IReadOnlyDictionary<string, EndpointCounters> Candidate,
    IReadOnlyDictionary<string, EndpointCounters> Baseline)
{
    /// <summary>The group of all requests.</summary>
    public const string Whole = "all requests";

    public static TrafficArms Empty { get; } =
        new(new Dictionary<string, EndpointCounters>(), new Dictionary<string, EndpointCounters>());

    /// <summary>The regions whose requests a floor asks for; null: all.</summary>
    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary>Requests of the candidate in these, by endpoint.</summary>
    private IReadOnlyDictionary<string, long> Asked { get; init; } = new Dictionary<string, long>();

    private IReadOnlyList<VersionTraffic>? Last { get; init; }

    private TrafficArms? Pending { get; init; }

    /// <summary>One more reading of the edges' cumulative counts.</summary>
    /// <param name="tainted">An incident is on: neither this interval nor the one before it is counted, since an incident is
    /// noticed a little after it begins.</param>
    /// <param name="compares">Some signal compares the versions' counts; if none does, only requests are counted.</param>
    public TrafficArms Add(ArtifactDigest candidate, TrafficReading.Counted reading, bool tainted, bool compares = true)
    {
        if (Last is null) return this with { Last = reading.Versions };

        var settled = tainted || Pending is null ? this : Sum(this, Pending);
        return settled with
        {
            Regions = Regions,
            Last = reading.Versions,
            Pending = tainted ? null : Delta(candidate, reading.Versions, Last, compares),
        };
    }

    /// <summary>Requests that the candidate answered at this endpoint, in the regions that are asked about, the newest
    /// interval included.</summary>
    public long Requests(string endpoint) =>
        Asked.GetValueOrDefault(endpoint) + (Pending?.Asked.GetValueOrDefault(endpoint) ?? 0);

    private TrafficArms Delta(ArtifactDigest candidate, IReadOnlyList<VersionTraffic> now,
        IReadOnlyList<VersionTraffic> before, bool compares)
    {
        var candidates = new Dictionary<string, EndpointCounters>(StringComparer.Ordinal);
        var baselines = new Dictionary<string, EndpointCounters>(StringComparer.Ordinal);
        var asked = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var version in now)
        {
            var floors = version.Digest == candidate && Regions?.Contains(version.Region) != false;
            if (!floors && !compares) continue;

            var earlier = before.FirstOrDefault(b => b.Region == version.Region && b.Digest == version.Digest);
            foreach (var (endpoint, counters) in version.Endpoints)
            {
                var old = earlier?.Endpoints.GetValueOrDefault(endpoint) ?? EndpointCounters.Zero;
                if (floors) asked[endpoint] = asked.GetValueOrDefault(endpoint) + new CountersSince(counters, old).Requests;
                if (compares) Add(version.Digest == candidate ? candidates : baselines, version.Region, endpoint, counters.Since(old));
            }
        }

        return new TrafficArms(candidates, baselines) { Asked = asked };
    }

    private static void Add(Dictionary<string, EndpointCounters> arm, string region, string endpoint, EndpointCounters delta)
    {
        foreach (var group in new[] { Whole, endpoint, "region " + region })
        {
            arm[group] = (arm.GetValueOrDefault(group) ?? EndpointCounters.Zero).Plus(delta);
        }
    }

    private static TrafficArms Sum(TrafficArms one, TrafficArms other) => new(
        Sum(one.Candidate, other.Candidate, (a, b) => a.Plus(b)),
        Sum(one.Baseline, other.Baseline, (a, b) => a.Plus(b)))
    {
        Asked = Sum(one.Asked, other.Asked, (a, b) => a + b),
    };

    private static Dictionary<string, T> Sum<T>(
        IReadOnlyDictionary<string, T> one, IReadOnlyDictionary<string, T> other, Func<T, T, T> plus)
    {
        var sum = new Dictionary<string, T>(one, StringComparer.Ordinal);
        foreach (var (name, more) in other) sum[name] = sum.TryGetValue(name, out var known) ? plus(known, more) : more;
        return sum;
    }
}
