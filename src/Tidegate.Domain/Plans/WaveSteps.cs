namespace Tidegate;

/// <summary>The steps of RegionWaves: growing waves of regions, each replaced in batches within headroom, and a last look at all of them.</summary>
/// <param name="before">The way back of each region.</param>
/// <param name="now">What runs, as observed.</param>
internal sealed class WaveSteps(
    StageDefinition definition,
    Headroom headroom,
    ArtifactDigest candidate,
    IReadOnlyDictionary<string, RestoreStep> before,
    EnvironmentObservation now)
{
    private readonly List<PlanStep> _steps = [];

    public IReadOnlyList<PlanStep> Plan()
    {
        var regions = definition.Environment.Regions;
        var waves = definition.Waves.Count > 0
            ? definition.Waves.Select(w => w.Select(name => regions.Single(r => r.Name == name)).ToList()).ToList()
            : [.. WavePlanner.Plan(regions).Select(w => w.ToList())];
        for (var i = 0; i < waves.Count; i++) Wave(waves[i], i + 1, waves.Count);

        Last(regions, waves.Count);
        return _steps;
    }

    private void Wave(List<Region> wave, int number, int of)
    {
        var batches = wave.Max(Batches);
        var compared = Compare(wave, number, of);
        for (var batch = compared && batches > 1 ? 2 : 1; batch <= batches; batch++)
        {
            var title = $"wave {number} of {of}, batch {batch} of {batches}: {string.Join(", ", wave.Select(r => r.Name))}";
            _steps.Add(new(title, number, [.. wave.Select(r => Batch(r, batch))], definition.Bake.Step(_steps.Count)));
        }
    }

    /// <summary>The first batch of a wave stands beside all that runs there, and the evidence sets its share: the same in each region,
    /// so that their counts may be added up. A region in which the canary stands has been compared already.</summary>
    private bool Compare(List<Region> wave, int number, int of)
    {
        var regions = wave.Where(r => before[r.Name].Baseline is not null && now[r.Name].Of(candidate) is null && r.RequestsPerSecond > 0).ToList();
        if (definition.Comparison is not { } policy || regions.Count == 0) return false;

        var most = regions.Select(r => TrafficShare.Of(headroom.Batch(r.Instances), r.Instances)).Min();
        var comparison = policy.Step(regions.Sum(r => r.RequestsPerSecond), most, number - 1);
        _steps.Add(new(
            $"wave {number} of {of}, beside the running version: {string.Join(", ", regions.Select(r => r.Name))}",
            number,
            [.. regions.Select(r => Split(r, r.Instances, headroom.Batch(r.Instances), comparison.First))],
            comparison.Bake,
            comparison));
        return regions.Count == wave.Count;
    }

    /// <summary>All instances are new now; a last look at all regions together before anyone calls it done.</summary>
    private void Last(IReadOnlyList<Region> regions, int wave)
    {
        var warm = regions.Where(r => Warm(r) > 0 && r.RequestsPerSecond > 0).ToList();
        if (warm.Count > 0)
        {
            var comparison = definition.Comparison!.Watch(warm.Sum(r => r.RequestsPerSecond));
            _steps.Add(new("final watch, the version before kept warm", wave, [.. warm.Select(r => Split(r, Warm(r), r.Instances, TrafficShare.All))], comparison.Bake, comparison));
        }

        _steps.Add(new(
            warm.Count > 0 ? "the version before is let go" : "final bake, all regions",
            wave,
            [.. regions.Select(r => PlanBuilder.Only(r.Name, candidate, r.Instances))],
            warm.Count > 0 ? definition.Bake.Shortest : definition.Bake.Step(0)));
    }

    private int Batches(Region region) =>
        before[region.Name].Baseline is null || now[region.Name].ServesOnly(candidate, region.Instances)
            ? 1
            : (int)Math.Ceiling(region.Instances / (double)headroom.Batch(region.Instances));

    private RegionTarget Batch(Region region, int batch)
    {
        var replaced = Math.Min(region.Instances, batch * headroom.Batch(region.Instances));
        if (before[region.Name].Baseline is null) return PlanBuilder.Only(region.Name, candidate, region.Instances);

        var old = Math.Max(region.Instances - replaced, Warm(region));
        return old == 0
            ? PlanBuilder.Only(region.Name, candidate, region.Instances)
            : Split(region, old, replaced, replaced == region.Instances ? TrafficShare.All : TrafficShare.Of(replaced, region.Instances));
    }

    /// <summary>None where nothing ran before, and none of a version that has gone already.</summary>
    private int Warm(Region region) =>
        definition.Comparison is { } policy && before[region.Name].Baseline is not null && !now[region.Name].ServesOnly(candidate, region.Instances)
            ? policy.Warm(region.Instances)
            : 0;

    private RegionTarget Split(Region region, int old, int instances, TrafficShare share) =>
        new(region.Name, [new(before[region.Name].Baseline!.Value, old, share.Rest), new(candidate, instances, share)]);
}
