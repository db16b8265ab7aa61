namespace Tidegate.Edge.Counting;

/// <summary>What was counted for one instance, as the one that was picked first. The version's lock guards
/// it.</summary>
internal sealed class InstanceCounts
{
    private readonly InstanceHistory _history;
    private Dictionary<string, EventCounts> _endpoints = new(StringComparer.Ordinal);
    private long _begun;
    private long _errors;

    /// <param name="firstWindow">The first one that the instance is there for from its beginning on.</param>
    public InstanceCounts(VersionCounts version, string id, long firstWindow) =>
        (Version, Id, _history) = (version, id, new InstanceHistory(firstWindow));

    public VersionCounts Version { get; }

    public string Id { get; }

    public LatencyHistogram Ended { get; } = new();

    public IEnumerable<KeyValuePair<string, EventCounts>> Endpoints => _endpoints;

    /// <summary>Counts for these endpoints, and forgets what was counted for others.</summary>
    public void Prepare(IReadOnlyList<string> endpoints) =>
        _endpoints = endpoints.ToDictionary(
            e => e, e => _endpoints.GetValueOrDefault(e) ?? new EventCounts(), StringComparer.Ordinal);

    /// <summary>The moment this instance is picked.</summary>
    public OpenRequest Begin(string endpoint) => Version.Begin(this, endpoint);

    public EventCounts CountBegun(string endpoint)
    {
        var of = _endpoints[endpoint];
        of.Begun++;
        _begun++;
        return of;
    }

    public void CountFailed(EventCounts endpoint)
    {
        endpoint.Errors++;
        _errors++;
    }

    /// <param name="open">How many open requests had passed how many edges when the window ended.</param>
    public void Cut(long window, ReadOnlySpan<long> open) => _history.Cut(window, _begun, _errors, Ended.Passed, open);

    public IReadOnlyList<long[]> History(int windows) => _history.Newest(windows);
}

internal sealed class EventCounts
{
    public long Begun { get; set; }

    public long Errors { get; set; }
}
