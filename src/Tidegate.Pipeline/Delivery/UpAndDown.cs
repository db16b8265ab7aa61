using Tidegate.Engine;

namespace Tidegate.Pipeline;

/// <summary>What the way up and down is tried from: every version that production runs, whatever gamma happens to
/// run.</summary>
internal sealed class UpAndDown(PipelineDefinition pipeline, IPlatform platform)
{
    /// <summary>Versions before this one, the one with most instances last; none: there is nothing to go up from or
    /// down to. Null: the platform does not tell.</summary>
    /// <remarks>Where production runs nothing before it, or is none of ours, what gamma runs stands in for
    /// it.</remarks>
    public async Task<IReadOnlyList<ArtifactDigest>?> FromAsync(ArtifactDigest candidate,
        CancellationToken cancellationToken)
    {
        var production = pipeline.Stages
            .Where(s => s.Stage is Stage.Canary or Stage.RegionWaves && !s.Environment.Watched)
            .Select(s => s.Environment.Name)
            .TakeLast(1);
        foreach (var environment in production.Append(pipeline[Stage.UpgradeDowngradeTest].Environment.Name))
        {
            // What was lost with its machine is no empty environment.
            if (await platform.ReviveAsync(environment, cancellationToken) is not null) return null;
            var seen = await platform.ObserveAsync(environment, cancellationToken);
            if (seen is not ObserveResult.Observed { Environment: var now }) return null;
            if (Earlier(now, candidate) is { Count: > 0 } found) return found;
        }

        return [];
    }

    /// <summary>From each of them up and down again; where gamma does not run it, it is brought there first.</summary>
    public ReleasePlan Plan(ReleaseArtifact artifact, string release, EnvironmentObservation now,
        IReadOnlyList<ArtifactDigest> from)
    {
        var own = PlanBuilder.Build(pipeline, Stage.UpgradeDowngradeTest, artifact, release, now);
        var regions = pipeline[Stage.UpgradeDowngradeTest].Environment.Regions;
        var steps = new List<PlanStep>();
        var runs = own.Before.Select(b => b.Baseline).Distinct().ToList() is [var single] ? single : null;
        foreach (var version in from)
        {
            IReadOnlyList<VersionObservation> alone = [new(version, TrafficShare.All, [])];
            var there = new EnvironmentObservation(
                now.Environment, [.. regions.Select(r => RegionObservation.Empty(r.Name) with { Versions = alone })]);
            var way = PlanBuilder.Build(pipeline, Stage.UpgradeDowngradeTest, artifact, release, there).Steps;
            if (runs != version)
            {
                steps.Add(new(
                    $"first {version.Brief}, which production runs",
                    0,
                    [.. regions.Select(r => new RegionTarget(r.Name, [new(version, r.Instances, TrafficShare.All)]))],
                    way[0].Bake));
            }
            steps.AddRange(way);
            runs = version;
        }

        return own with
        {
            Steps = steps,
            Before = [.. own.Before.Select(b => b with { Baseline = b.Baseline ?? from[^1] })],
        };
    }

    /// <summary>The verdict is about each of these: one about other versions says nothing of them.</summary>
    public static bool IsAbout(StageRun run, IReadOnlyList<ArtifactDigest> from) =>
        from.All(f => run.Plan.Steps.Any(s => s.Targets.Any(t => t.Versions.Any(v => v.Digest == f))));

    private static List<ArtifactDigest> Earlier(EnvironmentObservation now, ArtifactDigest candidate) => [.. now.Regions
        .Select(r => r.Versions.Where(v => v.Digest != candidate).MaxBy(v => (v.Share, v.Ready)))
        .OfType<VersionObservation>()
        .GroupBy(v => v.Digest, v => v.Ready)
        .OrderBy(v => v.Sum()).ThenBy(v => v.Key.Hex, StringComparer.Ordinal)
        .Select(v => v.Key)];
}
