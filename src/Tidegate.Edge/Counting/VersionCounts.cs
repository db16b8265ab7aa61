using System.Runtime.InteropServices;

namespace Tidegate.Edge.Counting;

/// <summary>What was counted for one version, its endpoints and its instances.</summary>
/// <remarks>One lock for a version: each reading is of one moment, so errors are never more than requests, and no
/// request is in two places or in none.
/// It is held for some additions at the beginning and the end of a request, and for copying by whoever reads.</remarks>
internal sealed class VersionCounts
{
    private static readonly long[] Nothing = new long[LatencyHistogram.Buckets];

    private readonly Lock _gate = new();
    private readonly EdgeClock _clock;
    private readonly DateTimeOffset _since;
    private readonly HashSet<OpenRequest> _open = [];
    private Dictionary<string, EndpointCounts> _endpoints = new(StringComparer.Ordinal);
    private Dictionary<string, InstanceCounts> _instances = new(StringComparer.Ordinal);
    private long _cut;

    public VersionCounts(string version, EdgeClock clock)
    {
        (Version, _clock, _since) = (version, clock, clock.UtcNow);
        _cut = clock.WindowsEndedBy(clock.Timestamp());
    }

    public string Version { get; }

    /// <summary>Begins at zero for what is new here, and forgets endpoints and instances that are not named.</summary>
    public void Prepare(IEnumerable<string> instances, IReadOnlyList<string> endpoints)
    {
        lock (_gate)
        {
            CutUpTo(_clock.Timestamp());
            _endpoints = endpoints.ToDictionary(
                e => e, e => _endpoints.GetValueOrDefault(e) ?? new(_clock.UtcNow), StringComparer.Ordinal);
            _instances = instances.ToDictionary(
                i => i, i => _instances.GetValueOrDefault(i) ?? new(this, i, _cut + 1), StringComparer.Ordinal);
            foreach (var instance in _instances.Values) instance.Prepare(endpoints);
        }
    }

    public InstanceCounts Of(string instance)
    {
        lock (_gate) return _instances[instance];
    }

    public OpenRequest Begin(InstanceCounts instance, string endpoint)
    {
        lock (_gate)
        {
            var now = _clock.Timestamp();
            CutUpTo(now);

            // Who looked into a routing that has just been replaced may ask for an endpoint that is not counted any
            // more.
            var known = _endpoints.ContainsKey(endpoint) ? endpoint : EndpointTemplates.Other;
            var request = new OpenRequest(instance, _endpoints[known], instance.CountBegun(known), now);
            request.Endpoint.Begun++;
            _open.Add(request);
            return request;
        }
    }

    public void TryAgain(OpenRequest request)
    {
        lock (_gate)
        {
            CutUpTo(_clock.Timestamp());
            request.Endpoint.Retried++;
            Fail(request);
        }
    }

    public void StopClock(OpenRequest request)
    {
        lock (_gate) StopClockNow(request);
    }

    /// <param name="kind">Null: nobody is told to have answered.</param>
    public void End(OpenRequest request, AnswerKind? kind, bool left)
    {
        lock (_gate)
        {
            if (request.HasEnded) return;

            request.HasEnded = true;
            StopClockNow(request);
            var own = request.HasFailed ? AnswerKind.NoAnswer : kind;
            if (own is { } answer) request.Endpoint.Answers[(int)answer]++;
            else if (left) request.Endpoint.Left++;
            if (own?.IsError() == true) Fail(request);
        }
    }

    public VersionSnapshot Read()
    {
        lock (_gate)
        {
            var now = _clock.Timestamp();
            var byEndpoint = OpenBy(r => r.Endpoint, now);
            var byInstance = OpenBy(r => r.Instance, now);
            return new(
                Version,
                _since,
                [.. _endpoints.Select(e => EndpointSnapshot.Of(e.Key, e.Value, byEndpoint.GetValueOrDefault(e.Value)))],
                [.. _instances.Values.Select(i => InstanceSnapshot.Of(i, byInstance.GetValueOrDefault(i)))]);
        }
    }

    public IReadOnlyList<(string Instance, IReadOnlyList<long[]> Windows)> History(int windows)
    {
        lock (_gate)
        {
            CutUpTo(_clock.Timestamp());
            return [.. _instances.Values.Select(i => (i.Id, i.History(windows)))];
        }
    }

    private static void Fail(OpenRequest request)
    {
        if (request.HasFailed) return;

        request.HasFailed = true;
        request.Endpoint.Errors++;
        request.Instance.CountFailed(request.InstanceEndpoint);
    }

    private void StopClockNow(OpenRequest request)
    {
        var now = _clock.Timestamp();
        CutUpTo(now);
        if (!_open.Remove(request)) return;

        var took = _clock.Elapsed(request.Began, now);
        request.Endpoint.Ended.Add(took);
        request.Instance.Ended.Add(took);
    }

    /// <summary>Ends the windows that are over. Nothing has happened since they ended: whatever happens calls this
    /// first.</summary>
    private void CutUpTo(long now)
    {
        var ended = _clock.WindowsEndedBy(now);
        if (ended == _cut) return;

        for (_cut = Math.Max(_cut, ended - EdgeClock.KeptWindows); _cut < ended; _cut++)
        {
            var open = OpenBy(r => r.Instance, _clock.EndOf(_cut));
            foreach (var instance in _instances.Values)
                instance.Cut(_cut, open.GetValueOrDefault(instance)?.Passed ?? Nothing);
        }
    }

    /// <summary>How old the open requests were at that moment.</summary>
    private Dictionary<T, LatencySnapshot> OpenBy<T>(Func<OpenRequest, T> key, long at) where T : notnull
    {
        var found = new Dictionary<T, LatencyHistogram>();
        foreach (var request in _open)
        {
            ref var ages = ref CollectionsMarshal.GetValueRefOrAddDefault(found, key(request), out _);
            (ages ??= new()).Add(_clock.Elapsed(request.Began, at));
        }

        return found.ToDictionary(f => f.Key, f => f.Value.Copy());
    }
}
