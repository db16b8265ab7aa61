using Tidegate.LocalCloud.Contract;

namespace Tidegate.Edge.Counting;

/// <summary>All that an edge counts. Every series begins at zero before the first request, so no increase is missed.</summary>
internal sealed class EdgeMetrics(TimeProvider time)
{
    /// <summary>Versions whose counts are kept after they left, for whoever reads late.</summary>
    private const int KeptVersions = 8;

    private readonly Lock _preparing = new();
    private readonly EdgeClock _clock = new(time);
    private readonly long[] _refused = new long[Refusals.Names.Count];

    /// <summary>Those that left longest ago first.</summary>
    private volatile List<VersionCounts> _versions = [];

    public UserCounts Users { get; } = new();

    /// <summary>Begins to count these versions, their instances and endpoints, and forgets what is of none of them any more.</summary>
    public void Prepare(IReadOnlyList<EdgeVersion> versions, IReadOnlyList<string> endpoints)
    {
        lock (_preparing)
        {
            Users.Prepare(endpoints);
            var left = _versions.Where(k => versions.All(v => v.Digest != k.Version)).TakeLast(KeptVersions).ToList();
            var current = versions.Select(v => _versions.Find(k => k.Version == v.Digest) ?? new(v.Digest, _clock)).ToList();
            foreach (var version in left) version.Prepare([], endpoints);
            foreach (var (counts, version) in current.Zip(versions)) counts.Prepare(version.Instances.Select(i => i.Id), endpoints);
            _versions = [.. left, .. current];
        }
    }

    /// <summary>The counts of an instance that is prepared.</summary>
    public InstanceCounts Of(string version, string instance) => _versions.First(v => v.Version == version).Of(instance);

    public void Refused(Refusal why) => Interlocked.Increment(ref _refused[(int)why]);

    /// <summary>Writes all series as OpenMetrics text.</summary>
    public async Task WriteAsync(Stream to, CancellationToken cancellationToken)
    {
        await using var page = new MetricsText(to, cancellationToken);
        await page.WriteVersionsAsync([.. _versions.Select(v => v.Read())]);
        await page.WriteUsersAsync(Users.Read());
        await page.WriteRefusedAsync([.. _refused.Select((_, i) => Interlocked.Read(ref _refused[i]))]);
        await page.EndAsync();
    }

    /// <summary>The last hour of the instances that are routed to.</summary>
    public EdgeHistory History(TimeSpan span)
    {
        var windows = (int)Math.Clamp(Math.Ceiling(span / EdgeClock.Window), 0, EdgeClock.KeptWindows);
        var instances = _versions.SelectMany(v => v.History(windows), (v, i) => new EdgeInstanceHistory(v.Version, i.Instance, i.Windows));
        return new((int)EdgeClock.Window.TotalSeconds, LatencyBuckets.Milliseconds, [.. instances]);
    }
}
