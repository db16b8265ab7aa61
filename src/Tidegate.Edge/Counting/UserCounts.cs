namespace Tidegate.Edge.Counting;

/// <summary>What users got in the end, by endpoint, whichever instance was asked and how often.</summary>
internal sealed class UserCounts
{
    private volatile Dictionary<string, Counts> _endpoints =
        new(StringComparer.Ordinal) { [EndpointTemplates.Other] = new() };

    public void Prepare(IReadOnlyList<string> endpoints)
    {
        var before = _endpoints;
        _endpoints = endpoints.ToDictionary(e => e, e => before.GetValueOrDefault(e) ?? new(), StringComparer.Ordinal);
    }

    public void Ended(string endpoint, bool failed)
    {
        var known = _endpoints;
        var counts = known.GetValueOrDefault(endpoint) ?? known[EndpointTemplates.Other];

        // Requests first, and read last: whoever reads in between never finds more failures than requests.
        Interlocked.Increment(ref counts.Requests);
        if (failed) Interlocked.Increment(ref counts.Errors);
    }

    public IReadOnlyList<(string Endpoint, long Requests, long Errors)> Read() => [.. _endpoints.Select(e =>
    {
        var errors = Interlocked.Read(ref e.Value.Errors);
        return (e.Key, Interlocked.Read(ref e.Value.Requests), errors);
    })];

    private sealed class Counts
    {
        public long Requests;
        public long Errors;
    }
}
