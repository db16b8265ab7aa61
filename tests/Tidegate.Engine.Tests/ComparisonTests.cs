using Tidegate.Testing;

namespace Tidegate.Engine.Tests;

/// <summary>Beta and gamma: one step beside the running version before all instances are new.</summary>
public sealed class ComparisonTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Rig Compared() =>
        new Rig(pipeline: Some.Pipeline(s => s with { Comparison = Some.Comparison })).Running("gamma", Rig.Old);

    [Fact]
    public async Task Before_all_instances_are_new_both_versions_stand_side_by_side()
    {
        var rig = Compared();

        (await rig.ReleaseAsync(Stage.DeployGamma, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();

        rig.Platform.Effects[0].ShouldBe($"gamma/gamma-1: 2×{Rig.Old.Digest.Brief} at 50 % + 2×{Rig.New.Digest.Brief} at 50 %");
        (await rig.ServingAsync("gamma")).ShouldBe("gamma-1: 2×new at 100 %");
    }

    [Fact]
    public async Task One_that_fails_beside_the_running_version_is_taken_away_again()
    {
        var rig = Compared().With(Rig.New, new(ErrorRate: 0.3));

        var release = await rig.ReleaseAsync(Stage.DeployGamma, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldContain("fail");
        (await rig.ServingAsync("gamma")).ShouldBe("gamma-1: 2×old at 100 %");
    }

    [Fact]
    public async Task A_comparison_that_was_cut_by_a_kill_goes_on_with_what_it_had_seen()
    {
        var rig = Compared();
        var seen = 0;
        rig.Progress.On = what =>
        {
            if (what is ReleaseProgress.Looked && seen++ == 8) throw new OperationCanceledException("killed");
        };
        await Should.ThrowAsync<OperationCanceledException>(() => rig.ReleaseAsync(Stage.DeployGamma, cancellationToken: Token));
        var before = await Windows(rig);
        rig.Progress.On = null;

        (await rig.ReleaseAsync(Stage.DeployGamma, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();

        before.Count.ShouldBeGreaterThan(5);
        (await Windows(rig)).Take(before.Count).Select(w => string.Join(' ', w.All)).ShouldBe(before.Select(w => string.Join(' ', w.All)));
    }

    private static async Task<IReadOnlyList<ComparisonWindow>> Windows(Rig rig) =>
        ComparisonRecord.Fold(await rig.Ledger.ReadAsync(ComparisonRecord.Stream("gamma", 1), Token)).Single().Windows;
}
