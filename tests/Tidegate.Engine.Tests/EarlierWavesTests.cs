using Tidegate.Testing;

namespace Tidegate.Engine.Tests;

/// <summary>FAULTS B27: fast waves hide a slow fault. What earlier waves have placed is watched while the next one is being placed too.</summary>
public sealed class EarlierWavesTests
{
    private const double SlowStart = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Rig Slow(params HealthSignal[] signals) =>
        new Rig(pipeline: Some.Pipeline(s => s with { Gate = Some.Gate(signals) }), startSeconds: SlowStart).Running("production", Rig.Old);

    /// <summary>Once, when the first batch of the second wave is being placed.</summary>
    private static void WhilePlacingTheSecondWave(Rig rig, Action happens)
    {
        var over = false;
        rig.Progress.On = what =>
        {
            if (over || what is not ReleaseProgress.Converging converging || !converging.Title.StartsWith("wave 2 of 3, batch 1", StringComparison.Ordinal)) return;
            over = true;
            happens();
        };
    }

    [Fact]
    public async Task A_fault_in_an_earlier_wave_ends_the_placement_of_the_next_one_and_all_is_brought_back()
    {
        var rig = Slow();
        WhilePlacingTheSecondWave(rig, () => rig.With(Rig.New, new(ErrorRate: 0.5)));
        var began = DateTimeOffset.MinValue;
        rig.Progress.On += what => began = what is ReleaseProgress.Converging { Title: "wave 2 of 3, batch 1 of 3: eu-west" } && began == DateTimeOffset.MinValue ? rig.Time.GetUtcNow() : began;
        var ended = DateTimeOffset.MinValue;
        rig.Progress.On += what => ended = what is ReleaseProgress.Moved { Event: ReleaseEvent.PlacementFailed } ? rig.Time.GetUtcNow() : ended;

        var release = await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldStartWith("meanwhile, in eu-north: errors");
        (ended - began).ShouldBeLessThan(TimeSpan.FromSeconds(SlowStart), "on the virtual clock: before the second wave stood");
        rig.Progress.Looks.ShouldAllBe(l => l.Step.Wave == 1);
        (await rig.ServingAsync("production")).ShouldBe("eu-north: 2×old at 100 %; eu-west: 3×old at 100 %; us-east: 4×old at 100 %; ap-south: 3×old at 100 %");
    }

    [Fact]
    public async Task What_vanishes_meanwhile_is_as_bad_as_its_signal_says()
    {
        var rig = Slow(Some.Live with { NoData = NoDataPolicy.Fail });
        WhilePlacingTheSecondWave(rig, () => rig.Platform.Lose("production", "eu-north"));

        var release = await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldBe("meanwhile, in eu-north: live: no value: no instance of the candidate is there in eu-north");
    }

    [Fact]
    public async Task An_incident_that_hits_both_versions_meanwhile_rolls_nothing_back()
    {
        var rig = Slow();
        WhilePlacingTheSecondWave(rig, () => rig.Platform.SharedOutageAfter = TimeSpan.Zero);

        (await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Held>().Question.ShouldContain("the shared dependency shared is down");
        (await rig.ServingAsync("production")).ShouldStartWith("eu-north: 2×new at 100 %");
    }

    [Fact]
    public async Task A_fault_of_the_running_version_too_rolls_nothing_back_meanwhile()
    {
        var rig = Slow();
        WhilePlacingTheSecondWave(rig, () => rig.With(Rig.New, new(ErrorRate: 0.5)).With(Rig.Old, new(ErrorRate: 0.5)));

        (await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Held>().Question.ShouldContain("both versions are hit");
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(SlowStart)]
    public async Task A_healthy_release_is_not_kept_by_it_however_long_its_instances_take(double startSeconds)
    {
        var rig = new Rig(startSeconds: startSeconds).Running("production", Rig.Old);

        (await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
    }
}
