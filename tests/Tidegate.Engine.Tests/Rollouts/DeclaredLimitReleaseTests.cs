using Tidegate.Engine.Simulation;
using Tidegate.Testing;

namespace Tidegate.Engine.Tests.Rollouts;

/// <summary>A service whose usual failures are beyond its own limit can be released, and whoever releases it is told once.</summary>
public sealed class DeclaredLimitReleaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_that_is_as_the_running_one_is_released_and_the_limit_told_of_once()
    {
        var (release, told) = await ReleaseAsync(new() { Failure = 0.04 });

        release.State.ShouldBeOfType<ReleaseState.Delivered>();
        told.Count.ShouldBe(1);
        UsualBeyond.Words(release.Plan.Rollout!, told[0]).ShouldHaveSingleItem().ShouldContain("errors: in the hour before, ");
    }

    [Fact]
    public async Task Within_its_limits_nothing_is_told()
    {
        var (release, told) = await ReleaseAsync(new() { Failure = 0.001 });

        release.State.ShouldBeOfType<ReleaseState.Delivered>();
        UsualBeyond.Words(release.Plan.Rollout!, told.Single()).ShouldBeEmpty();
    }

    private static async Task<(Release Release, List<RolloutReference> Told)> ReleaseAsync(SimulatedWorld world)
    {
        var pipeline = Some.Pipeline(s => s with { Comparison = Some.Comparison, UntilEvidence = true });
        var time = new VirtualTime(Some.Noon);
        var platform = new SimulatedPlatform(pipeline.Environments, ["GET /products", "POST /orders"], time, 1, world)
        {
            Candidate = Rig.New.Digest,
            CountedBefore = TimeSpan.FromHours(1),
        };
        platform.Seed("production", Rig.Old.Digest);
        var progress = new RecordingProgress();
        var engine = new ReleaseEngine(platform, platform, [new ObservationSource(), new SimulatedSignals(platform)], progress, time, platform);
        var seen = (ObserveResult.Observed)await platform.ObserveAsync("production", Token);
        var plan = PlanBuilder.Build(pipeline, Stage.Canary, Rig.New, "orders-1", seen.Environment);
        var journal = new ReleaseJournal(new MemoryLedger(time), "production", 0, 0);
        await journal.AppendAsync(new LedgerFact.Planned(plan, "asked for"));
        var release = await engine.RunAsync(Release.Begin(plan), journal, resumed: false, Token);
        return (release, [.. progress.Reports.OfType<ReleaseProgress.Measured>().Select(m => m.Reference)]);
    }
}
