using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.ReleaseBenchmark.Worlds;

namespace Tidegate.ReleaseBenchmark.Playing;

/// <summary>Plays a whole release: the real plan, machine and engine, on the simulated platform.</summary>
internal static class ReleasePlayer
{
    private static readonly Stage[] Stages = [Stage.Canary, Stage.RegionWaves];

    private static readonly HashSet<ArtifactDigest> Present = [ReleaseSetting.Old.Digest, ReleaseSetting.New.Digest];

    public static Played Play(ReleasePipeline pipeline, ReleaseWorld world, int seed, bool tell = false)
    {
        var setting = new ReleaseSetting(pipeline, world, seed);
        var reading = new ReleaseReading(ReleaseSetting.New.Digest, setting.Time, tell);

        // Nothing waits: the clock jumps, so that a release ends before the task is handed back.
        var end = RunAsync(pipeline.Definition, setting, reading).GetAwaiter().GetResult();
        return new(
            end,
            reading.To100,
            reading.Elapsed,
            end == End.RolledBack ? reading.ToVerdict - world.FaultBegins : null,
            reading.Probes,
            reading.Stuck,
            setting.Platform.BadRequests,
            end == End.Released ? null : reading.Accused);
    }

    private static async Task<End> RunAsync(PipelineDefinition pipeline, ReleaseSetting setting, ReleaseReading reading)
    {
        var (platform, environment) = (new SeenPlatform(setting.Platform, reading), setting.Environment.Name);
        await using var ledger = new MemoryLedger(setting.Time, hashed: false);
        var sources = new ISignalSource[] { new ObservationSource(), new SimulatedSignals(setting.Platform) };
        var engine = new ReleaseEngine(platform, setting.Platform, sources, reading, setting.Time, setting.Platform);
        long? canary = null;
        foreach (var stage in Stages)
        {
            var seen = (ObserveResult.Observed)await platform.ObserveAsync(environment, CancellationToken.None);
            var plan = PlanBuilder.Build(pipeline, stage, ReleaseSetting.New, "orders-1", seen.Environment, canary);
            var problems = PlanChecker.Check(pipeline, plan, Present);
            if (problems.Count > 0) throw new InvalidDataException(string.Join('\n', problems));

            var written = await ledger.ReadAsync(environment, CancellationToken.None);
            var journal = new ReleaseJournal(ledger, environment, written.Count);
            var sequence = await journal.AppendAsync(new LedgerFact.Planned(plan, "benchmark"));
            canary = plan.Rollout is null ? null : sequence;
            var release = await engine.RunAsync(Release.Begin(plan), journal, resumed: false, CancellationToken.None);
            if (release.State is ReleaseState.RolledBack or ReleaseState.RollbackIncomplete) return End.RolledBack;
            if (release.State is not ReleaseState.Delivered) return End.Held;
        }

        return End.Released;
    }
}
