namespace Tidegate;

/// <summary>Plans canary and waves as one comparison: where a version runs in every region, and has requests.</summary>
internal sealed class RolloutPlanner(PipelineDefinition pipeline, StageDefinition definition, ArtifactDigest candidate, IReadOnlyDictionary<string, RestoreStep> before)
{
    /// <summary>There is something to compare with: for a canary in the region with least traffic, for waves anywhere. A region in which nothing runs yet takes
    /// all of its requests at once, and is watched beside the others.</summary>
    public static bool Fits(StageDefinition definition, IReadOnlyDictionary<string, RestoreStep> before)
    {
        var regions = WavePlanner.ByTraffic(definition.Environment.Regions).ToList();
        return definition.Comparison is not null
            && regions.TrueForAll(r => r.RequestsPerSecond > 0)
            && (definition.Stage == Stage.Canary ? before[regions[0].Name].Baseline is not null : regions.Exists(r => before[r.Name].Baseline is not null));
    }

    /// <param name="continues">The canary's stage run, whose evidence is carried on.</param>
    public (RolloutPlan Rollout, IReadOnlyList<PlanStep> Steps) Plan(long? continues)
    {
        var policy = definition.Comparison!;
        var regions = WavePlanner.ByTraffic(definition.Environment.Regions).ToList();
        var waves = Waves(regions);
        var canary = pipeline.Has(Stage.Canary) ? pipeline[Stage.Canary] : null;
        var phases = definition.Stage == Stage.Canary ? Canary(policy, regions) : Release(waves, regions);
        var rollout = new RolloutPlan(
            policy.Name,
            policy.Rollout,
            [.. regions.Select(r => Region(policy, r))],
            phases,
            canary?.CanaryInstances ?? 1,
            canary is { CanaryShares: [.., var share] } ? share : TrafficShare.Percent(10),
            [.. pipeline.Endpoints, EndpointOther],
            [.. definition.Gate.Signals.Where(IsMetric).Select(s => s.Name)],
            pipeline.Expected,
            policy.LatencyTolerance,
            policy.LatencyMargin,
            Slow is { Rule: SignalRule.Latency latency } ? latency.Milliseconds : null,
            MemoryLimit(policy),
            policy.FreshBaseline ? canary?.CanaryInstances ?? 1 : 0)
        {
            EveryRegion = policy.EveryRegion,
            FailureLimit = Deciding<SignalRule.ErrorRate>()
                .Select(s => new RolloutLimit(s.Name, ((SignalRule.ErrorRate)s.Rule).AtMost))
                .MinBy(l => l.AtMost),
            SlowLimit = Slow is { Rule: SignalRule.Latency slow } signal ? new(signal.Name, slow.AtMost) : null,
            Waves = waves,
            Continues = continues,
            Unwatched = pipeline.Unwatched,
            StaysWhileHeld = definition.StaysWhileHeld,
            Shadows = [.. Shadows()],
            Shadow = policy.Shadow is { } shadow ? new(shadow.Name, RolloutOptions.Of(shadow.Options, policy.Confidence, policy.AtCap)) : null,
        };
        return (rollout, [.. phases.Select((p, i) => Step(rollout, p, i))]);
    }

    /// <summary>The label of requests that belong to no declared endpoint, as the edges count them.</summary>
    private const string EndpointOther = "other";

    /// <summary>Memory is told in percent of this when no limit is declared: what is borne is a fifth of it.</summary>
    private const double LimitOfBorne = 5;

    private List<IReadOnlyList<string>> Waves(List<Region> regions)
    {
        var declared = pipeline.Has(Stage.RegionWaves) ? pipeline[Stage.RegionWaves].Waves : [];
        return declared.Count > 0
            ? [.. declared.Select(w => (IReadOnlyList<string>)[.. w])]
            : [.. WavePlanner.Plan(regions).Select(w => (IReadOnlyList<string>)[.. w.Select(r => r.Name)])];
    }

    private List<RolloutPhase> Canary(ComparisonPolicy policy, List<Region> regions)
    {
        var first = regions[0].Name;
        var least = definition.UntilEvidence ? TimeSpan.Zero : definition.Bake.Step(0).Length;
        var phases = new List<RolloutPhase> { new(PhaseKind.Canary, [first], policy.EveryRegion ? TimeSpan.Zero : least) };
        if (policy.EveryRegion) phases.Add(new(PhaseKind.EveryRegion, [.. regions.Select(r => r.Name)], least));
        return phases;
    }

    private List<RolloutPhase> Release(IReadOnlyList<IReadOnlyList<string>> waves, List<Region> regions) =>
    [
        .. waves.Select((w, i) => new RolloutPhase(PhaseKind.Wave, w, definition.UntilEvidence ? TimeSpan.Zero : definition.Bake.Step(i).Length)),
        new(PhaseKind.Watch, [.. regions.Select(r => r.Name)]),
    ];

    private RolloutRegion Region(ComparisonPolicy policy, Region region) => new(
        region.Name,
        before[region.Name].Baseline,
        region.Instances,
        pipeline.Headroom.Batch(region.Instances),
        before[region.Name].Baseline is null ? 0 : policy.Warm(region.Instances),
        region.RequestsPerSecond);

    private HealthSignal? Slow => Deciding<SignalRule.Latency>().FirstOrDefault();

    private IEnumerable<HealthSignal> Deciding<T>() where T : SignalRule =>
        definition.Gate.Signals.Where(s => s.Rule is T && s.Role != SignalRole.Shadow);

    private static bool IsMetric(HealthSignal signal) => signal.Rule is SignalRule.Metric && signal.Role != SignalRole.Shadow;

    private double? MemoryLimit(ComparisonPolicy policy) => policy.MemoryLimitMebibytes
        ?? definition.Gate.Signals.Where(s => s.Role != SignalRole.Shadow).Select(s => s.Rule).OfType<SignalRule.MemoryGrowth>().Select(m => (double?)(LimitOfBorne * m.AtMostMebibytes)).FirstOrDefault();

    private IEnumerable<EvidenceKind> Shadows()
    {
        if (All<SignalRule.ErrorRate>()) foreach (var kind in new[] { EvidenceKind.Errors, EvidenceKind.Hard, EvidenceKind.Endpoints, EvidenceKind.Answers }) yield return kind;
        if (All<SignalRule.Latency>()) yield return EvidenceKind.Slow;
        if (All<SignalRule.Liveness>()) yield return EvidenceKind.Restarts;

        bool All<T>() where T : SignalRule => definition.Gate.Signals.Where(s => s.Rule is T).ToList() is { Count: > 0 } of && of.TrueForAll(s => s.Role == SignalRole.Shadow);
    }

    /// <summary>A step as people and the plan checker see it: what its regions come to.</summary>
    private PlanStep Step(RolloutPlan rollout, RolloutPhase phase, int index)
    {
        var (title, targets) = phase.Kind switch
        {
            PhaseKind.Canary => ($"{phase.Regions[0]} beside the running version", phase.Regions.Select(r => Few(rollout, r))),
            PhaseKind.EveryRegion => ("every region beside the running version", phase.Regions.Select(r => Few(rollout, r))),
            PhaseKind.Wave => ($"wave {index + 1} of {rollout.Waves.Count}: {string.Join(", ", phase.Regions)}", phase.Regions.Select(r => All(rollout, r))),
            _ => ("watch, the version before kept warm", phase.Regions.Select(r => PlanBuilder.Only(r, candidate, Of(rollout, r).Instances))),
        };
        var options = rollout.Options;
        var length = phase.Kind == PhaseKind.Watch ? options.WatchTime : phase.LeastBake > TimeSpan.Zero ? phase.LeastBake : options.MinimumTime;
        return new(title, phase.Kind == PhaseKind.Wave ? index + 1 : 0, [.. targets], new Bake(length, TimeSpan.MaxValue, options.WarmUp, options.Window));
    }

    private RegionTarget Few(RolloutPlan rollout, string name)
    {
        var region = Of(rollout, name);
        if (region.Baseline is not { } baseline) return PlanBuilder.Only(name, candidate, region.Instances);
        var share = new TrafficShare(Math.Min(rollout.CanaryShare.BasisPoints, 10_000 / (region.Instances + 1)));
        return new(name, [new(baseline, region.Instances, share.Rest), new(candidate, region.Canary(rollout.CanaryInstances), share)]);
    }

    private RegionTarget All(RolloutPlan rollout, string name)
    {
        var region = Of(rollout, name);
        return region.Baseline is not { } baseline || region.KeepWarm == 0
            ? PlanBuilder.Only(name, candidate, region.Instances)
            : new(name, [new(baseline, region.KeepWarm, TrafficShare.None), new(candidate, region.Instances, TrafficShare.All)]);
    }

    private static RolloutRegion Of(RolloutPlan rollout, string name) => rollout.Regions.Single(r => r.Name == name);
}
