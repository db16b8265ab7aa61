using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;

namespace Tidegate.LocalCloud.Regions;

internal sealed partial class Region
{
    public RegionObserved Observe()
    {
        lock (_gate)
        {
            var digests = _instances.Select(i => i.Record.Digest).Union(_weights.Where(w => w.Value > 0).Select(w => w.Key)).Order(StringComparer.Ordinal);
            return new RegionObserved(
                Name,
                _desired.Generation,
                _desired.Operation,
                Phase(),
                _failure ?? _hindrance,
                _edge.Address.ToString(),
                [.. digests.Select(d => new VersionObserved(
                    d,
                    _weights.GetValueOrDefault(d),
                    [.. _instances.Where(i => i.Record.Digest == d).Select(i => i.Observe())]))],
                _dependencies.Observe(),
                _users.Observe(),
                _edge.InFlight)
            {
                CutRequests = Interlocked.Read(ref _cut),
                Withdrawn = _withdrawn,
            };
        }
    }

    public Task WriteMetricsAsync(Stream to, CancellationToken cancellationToken) => _edge.WriteMetricsAsync(to, cancellationToken);

    public Task WriteHistoryAsync(Stream to, TimeSpan span, CancellationToken cancellationToken) =>
        _edge.WriteHistoryAsync(to, span, cancellationToken);

    /// <summary>The last lines of an instance or a dependency, running or not; null when there never was one of this name.</summary>
    public IReadOnlyList<string>? Log(string id)
    {
        var path = _host.LogFile(Environment, Name, id);
        return File.Exists(path) ? OutputLog.Tail(path, OutputLog.MostLines) : null;
    }

    /// <summary>What drains is on its way out, in a time of its own, and no part of what is desired.</summary>
    private RegionPhase Phase()
    {
        if (_removing) return RegionPhase.Removing;
        if (_failure is not null) return RegionPhase.Failed;
        if (_hindrance is not null) return RegionPhase.Converging;

        var staying = _instances.Where(i => !i.Draining).ToList();
        var complete = _settled
            && staying.All(i => i.Record.Proven)
            && _desired.Versions.All(v => staying.Count(i => i.Record.Digest == v.Digest) == v.Instances)
            && staying.Count == _desired.Versions.Sum(v => v.Instances);
        return complete ? RegionPhase.Converged : RegionPhase.Converging;
    }
}
