using Tidegate.Edge.Counting;

namespace Tidegate.Edge.Forwarding;

/// <summary>A routing made ready for picking. Immutable: a request that holds an old one finds closed gates and asks again.</summary>
internal sealed class RoutingTable
{
    private readonly IReadOnlyList<Arm> _arms;
    private readonly Arm[] _weighted;
    private readonly long _total;

    public RoutingTable(IReadOnlyList<Arm> arms, EndpointTemplates endpoints)
    {
        _arms = arms;
        Endpoints = endpoints;

        // A version without a ready instance cannot take its share; the others carry it.
        _weighted = [.. arms.Where(a => a.Weight > 0 && a.Destinations.Length > 0)];
        _total = _weighted.Sum(a => (long)a.Weight);
    }

    public EndpointTemplates Endpoints { get; }

    public IEnumerable<Destination> Destinations => _arms.SelectMany(a => a.Destinations);

    /// <param name="draw">Even over all 64 bits.</param>
    /// <param name="failed">The destination that has just failed this request, or null.</param>
    public Destination? Pick(ulong draw, Destination? failed, TimeProvider time)
    {
        if (failed is not null && LeastLoaded(_arms.FirstOrDefault(a => a.Digest == failed.Digest), draw, failed, time) is { } sibling) return sibling;

        return LeastLoaded(failed is null ? ByWeight(draw) : _weighted.FirstOrDefault(a => a.Digest != failed.Digest), draw, failed, time);
    }

    /// <summary>For probes: an instance of exactly this version, whatever its weight.</summary>
    public Destination? PickOf(string digest, ulong draw, TimeProvider time) =>
        LeastLoaded(_arms.FirstOrDefault(a => a.Digest == digest), draw, failed: null, time);

    private Arm? ByWeight(ulong draw)
    {
        if (_total == 0) return null;

        var left = (long)Math.BigMul(draw, (ulong)_total, out _);
        foreach (var arm in _weighted)
        {
            left -= arm.Weight;
            if (left < 0) return arm;
        }

        return _weighted[^1];
    }

    /// <summary>The one with the fewest requests inside; where several have, the draw decides where to begin looking.</summary>
    private static Destination? LeastLoaded(Arm? arm, ulong draw, Destination? failed, TimeProvider time)
    {
        if (arm is null) return null;

        Destination? best = null;
        var (least, bestIsQuarantined) = (int.MaxValue, true);
        var count = arm.Destinations.Length;
        var first = count == 0 ? 0 : (int)(draw % (uint)count);
        for (var i = 0; i < count; i++)
        {
            var candidate = arm.Destinations[(first + i) % count];
            if (ReferenceEquals(candidate, failed)) continue;

            var (load, quarantined) = (candidate.InFlight, candidate.IsQuarantined(time));
            if (best is not null && (quarantined, load).CompareTo((bestIsQuarantined, least)) >= 0) continue;
            (best, least, bestIsQuarantined) = (candidate, load, quarantined);
        }

        return best;
    }

    internal sealed record Arm(string Digest, int Weight, Destination[] Destinations);
}
