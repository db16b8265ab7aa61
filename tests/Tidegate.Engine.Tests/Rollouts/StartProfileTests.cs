using Tidegate.Engine.Simulation;
using Tidegate.Testing;

namespace Tidegate.Engine.Tests.Rollouts;

/// <summary>A release that stayed tells how its instances started, and the next one may start as cold.</summary>
public sealed class StartProfileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_release_may_start_as_cold_as_the_first_one_did()
    {
        var rig = Cold();
        await DeliverAsync(rig, Rig.New);
        (await BeganAsync(rig, 0)).ShouldBeNull("nothing is known of starts yet");

        await DeliverAsync(rig, Some.Artifact("third"));

        var starts = (await BeganAsync(rig, 2)).ShouldNotBeNull();
        starts.Slow99[0].ShouldBeGreaterThan(1.5);
        starts.Slow99[^1].ShouldBe(1, 0.5);
    }

    [Fact]
    public async Task A_release_that_was_rolled_back_tells_nothing()
    {
        var rig = Cold().With(Rig.New, new(ErrorRate: 0.3));
        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.RolledBack>();

        await rig.ReleaseAsync(Stage.Canary, Some.Artifact("third"), cancellationToken: Token);

        (await BeganAsync(rig, 1)).ShouldBeNull();
    }

    private static Rig Cold()
    {
        var world = SimulatedWorld.Quiet with { Start = new(4, TimeSpan.FromMinutes(1), Fails: false) };
        var all = Some.Pipeline(s => s with { Comparison = Some.Comparison, UntilEvidence = true });
        return new Rig(pipeline: all, world: world).Running("production", Rig.Old);
    }

    private static async Task DeliverAsync(Rig rig, ReleaseArtifact artifact)
    {
        foreach (var stage in new[] { Stage.Canary, Stage.RegionWaves })
        {
            (await rig.ReleaseAsync(stage, artifact, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
        }
    }

    /// <summary>What the rollout of a stage run was begun with.</summary>
    private static async Task<StartProfile?> BeganAsync(Rig rig, int run)
    {
        var history = ReleaseHistory.Fold(await rig.Ledger.ReadAsync("production", Token));
        return (await rig.RolloutAsync(history.Runs[run].Sequence)).OfType<LedgerFact.RolloutBegan>().First().Reference.Starts;
    }
}
