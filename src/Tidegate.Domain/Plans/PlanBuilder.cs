namespace Tidegate;

/// <summary>Turns a definition and what runs now into a complete plan.</summary>
public static class PlanBuilder
{
    /// <param name="now">What runs, as observed.</param>
    /// <param name="continues">The canary's stage run, by its sequence in the environment's stream: waves go on with its evidence. Null: there was none.</param>
    public static ReleasePlan Build(
        PipelineDefinition pipeline,
        Stage stage,
        ReleaseArtifact candidate,
        string release,
        EnvironmentObservation now,
        long? continues = null)
    {
        var definition = pipeline[stage];
        var regions = definition.Environment.Regions;
        var before = regions.Select(r => Restore(r, now, candidate.Digest)).ToDictionary(b => b.Region, StringComparer.Ordinal);

        var compared = stage is Stage.Canary or Stage.RegionWaves && RolloutPlanner.Fits(definition, before)
            ? new RolloutPlanner(pipeline, definition, candidate.Digest, before).Plan(stage == Stage.RegionWaves ? continues : null)
            : default;
        var steps = compared.Steps ?? stage switch
        {
            Stage.Canary => Canary(definition, candidate.Digest, before),
            Stage.RegionWaves => new WaveSteps(definition, pipeline.Headroom, candidate.Digest, before, now).Plan(),
            Stage.UpgradeDowngradeTest => UpAndDown(definition, candidate.Digest, before),
            Stage.DeployBeta or Stage.DeployGamma => BesideAndAll(definition, candidate.Digest, before),
            _ => [new("all instances", 0, [.. regions.Select(r => Only(r.Name, candidate.Digest, r.Instances))], definition.Bake.Step(0))],
        };

        var touched = steps.SelectMany(s => s.Targets).Select(t => t.Region).ToHashSet(StringComparer.Ordinal);
        if (stage == Stage.RegionWaves) touched = [.. regions.Select(r => r.Name)];
        if (stage == Stage.Canary) touched.UnionWith(regions.Where(r => now[r.Name].Of(candidate.Digest) is not null).Select(r => r.Name)); // judged again where it runs: bad here is bad there
        return new ReleasePlan(
            release,
            stage,
            definition.Environment.Name,
            candidate,
            pipeline.Digest,
            steps,
            [.. Exposed(regions).Where(r => touched.Contains(r.Name)).Select(r => before[r.Name])],
            definition.Environment.Ephemeral,
            definition.Gate,
            definition.Reaction,
            pipeline.Attempts,
            definition.PlacementDeadline)
        {
            Rollout = compared.Rollout,
        };
    }

    /// <summary>A plan that does nothing but go back.</summary>
    /// <param name="targets">For each region, the known good digest, or null to remove what is there.</param>
    public static ReleasePlan Rollback(
        PipelineDefinition pipeline,
        Stage stage,
        ReleaseArtifact candidate,
        string release,
        IReadOnlyDictionary<string, ArtifactDigest?> targets)
    {
        var definition = pipeline[stage];
        return new ReleasePlan(
            release,
            stage,
            definition.Environment.Name,
            candidate,
            pipeline.Digest,
            [],
            [.. Exposed(definition.Environment.Regions).Where(r => targets.ContainsKey(r.Name)).Select(r => new RestoreStep(r.Name, targets[r.Name], r.Instances))],
            RemoveAfter: definition.Environment.Ephemeral,
            definition.Gate,
            definition.Reaction,
            pipeline.Attempts,
            definition.PlacementDeadline);
    }

    /// <summary>A plan that changes nothing and watches what runs.</summary>
    public static ReleasePlan Judge(PipelineDefinition pipeline, Stage stage, ReleaseArtifact running, string release) =>
        Rollback(pipeline, stage, running, release, new Dictionary<string, ArtifactDigest?>()) with
        {
            Steps = [new("as it runs", 0, [], pipeline[stage].Bake.Step(0))],
        };

    /// <summary>Biggest exposure first: that is where a rollback helps most.</summary>
    private static IEnumerable<Region> Exposed(IEnumerable<Region> regions) => WavePlanner.ByTraffic(regions).Reverse();

    private static RestoreStep Restore(Region region, EnvironmentObservation now, ArtifactDigest candidate)
    {
        var earlier = now[region.Name].Versions.Where(v => v.Digest != candidate).MaxBy(v => (v.Share, v.Ready));
        return new RestoreStep(region.Name, earlier?.Digest, region.Instances);
    }

    private static List<PlanStep> Canary(StageDefinition definition, ArtifactDigest candidate, Dictionary<string, RestoreStep> before)
    {
        var region = WavePlanner.ByTraffic(definition.Environment.Regions).First();
        if (before[region.Name].Baseline is not { } baseline)
        {
            // Nothing to share the traffic with: the first release takes all of it and is judged by limits and floors alone.
            return [new($"first release into {region.Name}, all of its traffic", 0, [Only(region.Name, candidate, region.Instances)], definition.Bake.Step(0))];
        }

        return [.. definition.CanaryShares.Select((share, i) => new PlanStep(
            $"{region.Name} at {share}",
            0,
            [new RegionTarget(region.Name, [new(baseline, region.Instances, share.Rest), new(candidate, definition.CanaryInstances, share)])],
            definition.Bake.Step(i)))];
    }

    /// <summary>Before all instances are new, both versions stand side by side under the same requests.</summary>
    private static List<PlanStep> BesideAndAll(StageDefinition definition, ArtifactDigest candidate, Dictionary<string, RestoreStep> before)
    {
        var regions = definition.Environment.Regions;
        var all = new PlanStep("all instances", 0, [.. regions.Select(r => Only(r.Name, candidate, r.Instances))], definition.Bake.Step(0));
        var requests = regions.Sum(r => r.RequestsPerSecond);
        if (definition.Comparison is not { } policy || requests <= 0 || regions.Any(r => before[r.Name].Baseline is null)) return [all];

        var comparison = policy.Beside(requests);
        return
        [
            new(
                "beside the running version",
                0,
                [.. regions.Select(r => Split(r, before[r.Name].Baseline!.Value, r.Instances, candidate, r.Instances, comparison.First))],
                comparison.Bake,
                comparison),
            all with { Bake = definition.Bake.Shortest },
        ];
    }

    private static List<PlanStep> UpAndDown(StageDefinition definition, ArtifactDigest candidate, Dictionary<string, RestoreStep> before)
    {
        var regions = definition.Environment.Regions;
        var bake = definition.Bake.Step(0);
        return [.. new (string Title, Func<Region, int> Up)[]
            {
                ("half up", r => Half(r)),
                ("all up", r => r.Instances),
                ("half down", r => Half(r)),
                ("all down", _ => 0),
            }
            .Select(step => new PlanStep(step.Title, 0, [.. regions.Select(r => Mixed(r, before[r.Name], candidate, step.Up(r)))], bake))];
    }

    private static int Half(Region region) => Math.Max(1, region.Instances / 2);

    private static RegionTarget Mixed(Region region, RestoreStep before, ArtifactDigest candidate, int up)
    {
        if (before.Baseline is not { } baseline || up == region.Instances && region.Instances > 1) return Only(region.Name, candidate, region.Instances);
        if (up == 0) return Only(region.Name, baseline, region.Instances);

        // With a single instance, half up means one of each.
        var down = Math.Max(1, region.Instances - up);
        var share = TrafficShare.Of(up, up + down);
        return new RegionTarget(region.Name, [new(baseline, down, share.Rest), new(candidate, up, share)]);
    }

    private static RegionTarget Split(Region region, ArtifactDigest baseline, int old, ArtifactDigest candidate, int instances, TrafficShare share) =>
        new(region.Name, [new(baseline, old, share.Rest), new(candidate, instances, share)]);

    internal static RegionTarget Only(string region, ArtifactDigest digest, int instances) =>
        new(region, [new(digest, instances, TrafficShare.All)]);
}
