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
        for (var batch = 1; batch <= batches; batch++)
        {
            var title = $"wave {number} of {of}, batch {batch} of {batches}: {string.Join(", ", wave.Select(r => r.Name))}";
            _steps.Add(new(title, number, [.. wave.Select(r => Batch(r, batch))], definition.Bake.Step(_steps.Count)));
        }
    }

    /// <summary>All instances are new now; a last look at all regions together before anyone calls it done.</summary>
    private void Last(IReadOnlyList<Region> regions, int wave)
    {
        _steps.Add(new(
            "final bake, all regions",
            wave,
            [.. regions.Select(r => PlanBuilder.Only(r.Name, candidate, r.Instances))],
            definition.Bake.Step(0)));
    }

    private int Batches(Region region) =>
        before[region.Name].Baseline is null || now[region.Name].ServesOnly(candidate, region.Instances)
            ? 1
            : (int)Math.Ceiling(region.Instances / (double)headroom.Batch(region.Instances));

    private RegionTarget Batch(Region region, int batch)
    {
        var replaced = Math.Min(region.Instances, batch * headroom.Batch(region.Instances));
        if (before[region.Name].Baseline is null) return PlanBuilder.Only(region.Name, candidate, region.Instances);

        var old = region.Instances - replaced;
        return old == 0
            ? PlanBuilder.Only(region.Name, candidate, region.Instances)
            : Split(region, old, replaced, TrafficShare.Of(replaced, region.Instances));
    }

    private RegionTarget Split(Region region, int old, int instances, TrafficShare share) =>
        new(region.Name, [new(before[region.Name].Baseline!.Value, old, share.Rest), new(candidate, instances, share)]);
}
