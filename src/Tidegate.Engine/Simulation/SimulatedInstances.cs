namespace Tidegate.Engine.Simulation;

/// <summary>The instances of one version in a simulated region: when each was started, and what each answered of what the version answered.</summary>
internal sealed class SimulatedInstances
{
    private readonly List<(DateTimeOffset Started, Dictionary<string, EndpointCounters> Counts)> _all = [];

    public IEnumerable<DateTimeOffset> Started => _all.Select(i => i.Started);

    /// <summary>More are started now; the youngest leave first.</summary>
    public void Scale(int instances, DateTimeOffset at)
    {
        if (instances < _all.Count) _all.RemoveRange(instances, _all.Count - instances);
        while (_all.Count < instances) _all.Add((at, []));
    }

    /// <summary>Each answered its part, as evenly as whole requests allow.</summary>
    public void Answered(string endpoint, EndpointCounters more)
    {
        for (var i = 0; i < _all.Count; i++)
        {
            var counts = _all[i].Counts;
            counts[endpoint] = (counts.GetValueOrDefault(endpoint) ?? EndpointCounters.Zero).Plus(new(
                Part(more.Requests, i),
                Part(more.Errors, i),
                new([.. more.Slower.Edges], [.. more.Slower.Beyond.Select(b => Part(b, i))])));
        }
    }

    public IReadOnlyDictionary<string, InstanceTraffic> Counts(Func<int, string> name) => _all
        .Select((instance, i) => (Name: name(i), instance.Counts))
        .ToDictionary(
            i => i.Name,
            i => new InstanceTraffic(
                EndpointCounters.Sum(i.Counts.Values),
                i.Counts.ToDictionary(e => e.Key, e => new EventCount(e.Value.Errors, e.Value.Requests), StringComparer.Ordinal)),
            StringComparer.Ordinal);

    private long Part(long whole, int instance) => (whole / _all.Count) + (instance < whole % _all.Count ? 1 : 0);
}
