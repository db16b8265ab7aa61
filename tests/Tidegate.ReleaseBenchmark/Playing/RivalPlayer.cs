using Tidegate.ReleaseBenchmark.Policies;
using Tidegate.ReleaseBenchmark.Worlds;

namespace Tidegate.ReleaseBenchmark.Playing;

/// <summary>A rival releases in the same world: its rule ramps the smallest region, then all together.</summary>
internal sealed class RivalPlayer
{
    private const double LimitMilliseconds = 500;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    /// <summary>Every world ends here at the latest: a fault that nobody noticed has done its harm.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(3);

    private readonly Rival _rival;
    private readonly ReleaseWorld _world;
    private readonly ReleaseSetting _setting;
    private readonly ReleaseReading _reading;
    private readonly SeenPlatform _platform;
    private long _generation;

    private RivalPlayer(ReleasePipeline pipeline, Rival rival, ReleaseWorld world, int seed)
    {
        (_rival, _world) = (rival, world);
        _setting = new(pipeline, world, seed);
        _reading = new(ReleaseSetting.New.Digest, _setting.Time);
        _platform = new(_setting.Platform, _reading);
    }

    public static Played Play(ReleasePipeline pipeline, Rival rival, ReleaseWorld world, int seed) =>
        new RivalPlayer(pipeline, rival, world, seed).PlayAsync().GetAwaiter().GetResult();

    private async Task<Played> PlayAsync()
    {
        var regions = _setting.Environment.Regions.OrderBy(r => r.RequestsPerSecond).ToList();
        var back = !await RampAsync(regions[..1]) || !await RampAsync(regions);
        if (back)
        {
            var verdict = _reading.Elapsed;
            foreach (var region in regions) await PlaceAsync(region, 0);
            await _setting.Platform.ReadAsync(_setting.Environment.Name, CancellationToken.None);
            return Ended(End.RolledBack, _reading.Elapsed, verdict - _world.FaultBegins);
        }

        var end = _reading.Elapsed;
        var horizon = Horizon > _world.FaultBegins + Horizon / 3 ? Horizon : _world.FaultBegins + (Horizon / 3);
        if (_world.World.Fault is not null && end < horizon) _setting.Time.Advance(horizon - end);
        await _setting.Platform.ReadAsync(_setting.Environment.Name, CancellationToken.None);
        return Ended(End.Released, end, null);
    }

    private Played Ended(End end, TimeSpan at, TimeSpan? verdict) =>
        new(end, _reading.To100, at, verdict, 0, false, _setting.Platform.BadRequests, null);

    /// <returns>False when the rule wants everything back.</returns>
    private async Task<bool> RampAsync(IReadOnlyList<Region> regions)
    {
        var rule = _rival.Begin();
        foreach (var region in regions) await PlaceAsync(region, rule.Share);
        _setting.Time.Advance(_setting.Platform.StartTime);
        var (before, share) = (await ReadAsync(regions), rule.Share);
        for (var at = Window; ; at += Window)
        {
            _setting.Time.Advance(Window);
            var counts = await ReadAsync(regions);
            rule.Observe(at.TotalSeconds, counts - before);
            before = counts;
            if (rule.RolledBack) return false;
            if (rule.Share != share)
            {
                share = rule.Share;
                foreach (var region in regions) await PlaceAsync(region, share);
                await _platform.ObserveAsync(_setting.Environment.Name, CancellationToken.None);
            }

            if (rule.Done) return true;
        }
    }

    /// <summary>All instances of both versions stand while a region is ramped: capacity is no trouble here.</summary>
    private async Task PlaceAsync(Region region, double share)
    {
        var candidate = TrafficShare.Percent(100 * share);
        var old = new VersionTarget(ReleaseSetting.Old.Digest, region.Instances, candidate.Rest);
        var target = new RegionTarget(
            region.Name,
            share > 0 ? [old, new(ReleaseSetting.New.Digest, region.Instances, candidate)] : [old]);
        await _platform.ApplyAsync(
            new(_setting.Environment.Name, ++_generation, _rival.Name, target, Horizon), CancellationToken.None);
    }

    private async Task<CandidateCounts> ReadAsync(IReadOnlyList<Region> regions)
    {
        var read = await _setting.Platform.ReadAsync(_setting.Environment.Name, CancellationToken.None);
        var sum = default(CandidateCounts);
        foreach (var version in ((TrafficReading.Counted)read).Versions)
        {
            if (version.Digest != ReleaseSetting.New.Digest || !regions.Any(r => r.Name == version.Region)) continue;
            foreach (var endpoint in version.Endpoints.Values)
            {
                sum += new CandidateCounts(endpoint.Requests, endpoint.Errors, endpoint.SlowerThan(LimitMilliseconds));
            }
        }

        return sum;
    }
}
