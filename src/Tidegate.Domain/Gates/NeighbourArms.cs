namespace Tidegate;

/// <summary>What the edges of one signal counted since the bake began, region by region, up to the look before the newest.</summary>
/// <remarks>As <see cref="TrafficArms"/>: an incident is noticed a little after it begins, so the newest interval waits for one look.</remarks>
/// <param name="Regions">By region; a source that tells of none counts under an empty name.</param>
public sealed record NeighbourArms(IReadOnlyDictionary<string, NeighbourPair> Regions)
{
    public static NeighbourArms Empty { get; } = new(new Dictionary<string, NeighbourPair>());

    /// <summary>The two newest intervals, whatever was wrong in them: what an incident is told by.</summary>
    public IReadOnlyDictionary<string, NeighbourPair> Newest { get; private init; } = new Dictionary<string, NeighbourPair>();

    /// <summary>The newest counts, by source and version; also of sources that the newest reading lacks: one that was unready for a look goes on where it was,
    /// since it was then that it was sick.</summary>
    private Dictionary<(string Source, ArtifactDigest? Version), EventCount> Last { get; init; } = [];

    /// <summary>Those that the newest reading has.</summary>
    private IReadOnlyList<CountedEdge> Here { get; init; } = [];

    private Dictionary<string, NeighbourPair> Interval { get; init; } = [];

    private Dictionary<string, NeighbourPair>? Pending { get; init; }

    /// <summary>One more reading. A counter that is seen for the first time is where counting begins: what it holds is of the past.</summary>
    public NeighbourArms Look(ArtifactDigest candidate, SignalReading.Counted reading)
    {
        var interval = new Dictionary<string, NeighbourPair>(StringComparer.Ordinal);
        var last = new Dictionary<(string Source, ArtifactDigest? Version), EventCount>(Last);
        foreach (var edge in reading.Edges)
        {
            last[(edge.Source, edge.Version)] = edge.Count;
            if (!Last.TryGetValue((edge.Source, edge.Version), out var earlier)) continue;
            interval[edge.Region] = interval.GetValueOrDefault(edge.Region).Plus(edge.Version, candidate, Since(edge.Count, earlier));
        }

        return this with { Last = last, Here = reading.Edges, Interval = interval, Newest = Sum(Interval, interval) };
    }

    /// <summary>Counts what waited, and lets the newest interval wait.</summary>
    /// <param name="tainted">An incident is on: neither of them is counted, nor what those that are away will bring of it.</param>
    public NeighbourArms Settle(RateRatio question, TimeSpan span, bool tainted)
    {
        if (tainted) return this with { Pending = null, Last = Here.ToDictionary(e => (e.Source, e.Version), e => e.Count) };
        if (Pending is null) return this with { Pending = Interval };

        var regions = new Dictionary<string, NeighbourPair>(Regions, StringComparer.Ordinal);
        foreach (var region in Pending.Keys) regions.TryAdd(region, default);
        foreach (var region in regions.Keys.ToList()) regions[region] = regions[region].Weigh(question, Pending.GetValueOrDefault(region), ChangePoint.Hazard(span));
        return this with { Regions = regions, Pending = Interval };
    }

    /// <summary>A counter that went down was restarted: all of it is new.</summary>
    private static EventCount Since(EventCount now, EventCount earlier) => now.Exposures < earlier.Exposures || now.Events < earlier.Events
        ? now
        : new(now.Events - earlier.Events, now.Exposures - earlier.Exposures);

    private static Dictionary<string, NeighbourPair> Sum(Dictionary<string, NeighbourPair> one, Dictionary<string, NeighbourPair> other)
    {
        var sum = new Dictionary<string, NeighbourPair>(one, StringComparer.Ordinal);
        foreach (var (region, pair) in other) sum[region] = sum.GetValueOrDefault(region).Plus(pair);
        return sum;
    }
}
