namespace Tidegate;

/// <summary>What the edges of one signal counted since the bake began, region by region, up to the look before the newest.</summary>
/// <remarks>As <see cref="TrafficArms"/>: an incident is noticed a little after it begins, so the newest interval waits for one look.</remarks>
/// <param name="Regions">By region; a source that tells of none counts under an empty name.</param>
public sealed record NeighbourArms(IReadOnlyDictionary<string, NeighbourPair> Regions)
{
    public static NeighbourArms Empty { get; } = new(new Dictionary<string, NeighbourPair>());

    /// <summary>The two newest intervals, whatever was wrong in them: what an incident is told by.</summary>
    public IReadOnlyDictionary<string, NeighbourPair> Newest { get; private init; } = new Dictionary<string, NeighbourPair>();

    private IReadOnlyList<CountedEdge> Last { get; init; } = [];

    /// <summary>The newest counts of sources that the newest reading lacks: one that was unready for a look goes on where it was, since it was then that it was sick.</summary>
    private IReadOnlyList<CountedEdge> Away { get; init; } = [];

    private Dictionary<string, NeighbourPair> Interval { get; init; } = [];

    private Dictionary<string, NeighbourPair>? Pending { get; init; }

    /// <summary>One more reading. A counter that is seen for the first time is where counting begins: what it holds is of the past.</summary>
    public NeighbourArms Look(ArtifactDigest candidate, SignalReading.Counted reading)
    {
        var interval = new Dictionary<string, NeighbourPair>(StringComparer.Ordinal);
        foreach (var edge in reading.Edges)
        {
            if (Last.Concat(Away).FirstOrDefault(l => IsSame(l, edge)) is not { } earlier) continue;
            interval[edge.Region] = interval.GetValueOrDefault(edge.Region).Plus(edge.Version, candidate, Since(edge.Count, earlier.Count));
        }

        var away = Last.Concat(Away).Where(l => !reading.Edges.Any(e => IsSame(e, l))).ToList();
        return this with { Last = reading.Edges, Away = away, Interval = interval, Newest = Sum(Interval, interval) };
    }

    /// <summary>Counts what waited, and lets the newest interval wait.</summary>
    /// <param name="tainted">An incident is on: neither of them is counted, nor what those that are away will bring of it.</param>
    public NeighbourArms Settle(RateRatio question, TimeSpan span, bool tainted)
    {
        if (tainted) return this with { Pending = null, Away = [] };

        var regions = Pending is null ? Regions : Pending.Keys.Union(Regions.Keys, StringComparer.Ordinal).ToDictionary(
            region => region,
            region => Regions.GetValueOrDefault(region).Weigh(question, Pending.GetValueOrDefault(region), ChangePoint.Hazard(span)),
            StringComparer.Ordinal);
        return this with { Regions = regions, Pending = Interval };
    }

    private static bool IsSame(CountedEdge one, CountedEdge other) => one.Source == other.Source && one.Version == other.Version;

    /// <summary>A counter that went down was restarted: all of it is new.</summary>
    private static EventCount Since(EventCount now, EventCount earlier) => now.Exposures < earlier.Exposures || now.Events < earlier.Events
        ? now
        : new(now.Events - earlier.Events, now.Exposures - earlier.Exposures);

    private static Dictionary<string, NeighbourPair> Sum(IReadOnlyDictionary<string, NeighbourPair> one, IReadOnlyDictionary<string, NeighbourPair> other) =>
        one.Keys.Union(other.Keys, StringComparer.Ordinal).ToDictionary(
            region => region,
            region => one.GetValueOrDefault(region).Plus(other.GetValueOrDefault(region)),
            StringComparer.Ordinal);
}
