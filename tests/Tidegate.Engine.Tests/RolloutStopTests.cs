using Tidegate.Testing;

namespace Tidegate.Engine.Tests;

/// <summary>Nobody watches any more: what was not proved goes back, by whoever stops or by the platform, and is ramped again from there.</summary>
public sealed class RolloutStopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task A_run_that_is_told_to_stop_takes_the_unproved_share_back_and_the_next_one_ramps_up_again(int looks)
    {
        var rig = Compared();
        using var stop = new CancellationTokenSource();
        var seen = 0;
        rig.Progress.On = what =>
        {
            if (what is ReleaseProgress.Looked && CanaryShare(rig) > 0 && ++seen == looks) stop.Cancel();
        };

        await Should.ThrowAsync<OperationCanceledException>(() => rig.ReleaseAsync(Stage.Canary, cancellationToken: stop.Token));

        rig.Platform.Effects[^1].ShouldBe(
            $"production/eu-north: 2×{Rig.Old.Digest.Brief} at 100 % + 1×{Rig.New.Digest.Brief} at 0 %");
        CanaryShare(rig).ShouldBe(0);
        var (windows, effects) = ((await rig.WindowsAsync()).Count, rig.Platform.Effects.Count);
        rig.Progress.On = null;

        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();

        var after = (await rig.WindowsAsync()).Skip(windows).Select(w => w.Regions[0]).ToList();
        after[0].Withdrawn.ShouldBeTrue();
        after[0].Share.ShouldBe(TrafficShare.None);
        after.Skip(1).ShouldAllBe(r => !r.Withdrawn);
        after.Select(r => r.Share).Where(s => s > TrafficShare.None).First().ShouldBeLessThan(TrafficShare.Percent(30));
        rig.Platform.Effects.Skip(effects).First().ShouldNotContain("at 30 %");
        rig.Platform.Effects[^1].ShouldContain($"1×{Rig.New.Digest.Brief} at 30 %");
    }

    [Fact]
    public async Task A_run_that_stops_before_anything_is_at_stake_changes_nothing()
    {
        var rig = Compared();
        using var stop = new CancellationTokenSource();
        rig.Progress.On = what =>
        {
            if (what is ReleaseProgress.Looked) stop.Cancel();
        };

        await Should.ThrowAsync<OperationCanceledException>(() => rig.ReleaseAsync(Stage.Canary, cancellationToken: stop.Token));

        rig.Platform.Effects.ShouldHaveSingleItem().ShouldContain("at 0 %");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public async Task A_region_that_the_platform_took_back_by_itself_is_ramped_again(int looks)
    {
        var rig = Compared(p => p with { Unwatched = TimeSpan.FromSeconds(3) });
        var platform = new WatchedPlatform(rig.Platform);
        var seen = 0;
        rig.Progress.On = what =>
        {
            if (what is not ReleaseProgress.Looked || CanaryShare(rig) == 0) return;
            platform.IsCut = ++seen >= looks && seen < looks + 6;
        };

        (await rig.ReleaseAsync(Stage.Canary, platform: platform, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();

        var windows = (await rig.WindowsAsync()).Select(w => w.Regions[0]).ToList();
        var back = windows.FindIndex(r => r.Withdrawn);
        back.ShouldBeGreaterThan(0);
        windows[back].Share.ShouldBe(TrafficShare.None);
        windows.Skip(back + 1).ShouldContain(r => r.Share > TrafficShare.None);
        rig.Platform.Effects[^1].ShouldContain($"1×{Rig.New.Digest.Brief} at 30 %");
    }

    [Fact]
    public async Task The_platform_is_told_with_every_larger_share_what_was_proved_before_the_step()
    {
        var rig = Compared();
        var platform = new WatchedPlatform(rig.Platform);
        await rig.ReleaseAsync(Stage.Canary, platform: platform, cancellationToken: Token);
        var canary = platform.Desired.ToList();
        await rig.ReleaseAsync(Stage.RegionWaves, platform: platform, cancellationToken: Token);
        var wave = platform.Desired.Skip(canary.Count).Where(d => d.Target.Region == "eu-north").ToList();

        canary.Where(d => Share(d) > TrafficShare.None).ShouldNotBeEmpty();
        canary.Where(d => Share(d) > TrafficShare.None).ShouldAllBe(d => d.Unwatched != null && Proved(d) == TrafficShare.None);
        canary.Where(d => Share(d) == TrafficShare.None).ShouldAllBe(d => d.Unwatched == null);
        wave.Where(d => d.Unwatched is not null).ShouldNotBeEmpty();

        // One instance of two is left of the version before: it is never given more than half of the requests at once.
        wave.Where(d => d.Unwatched is not null).ShouldAllBe(d => Proved(d) == TrafficShare.Percent(Left(d) == 1 ? 50 : 30));
        wave.Where(d => d.Unwatched is not null).Select(Left).Distinct().Count().ShouldBe(2);
        platform.Desired.Where(d => d.Unwatched is not null).ShouldAllBe(
            d => d.Unwatched!.After == TimeSpan.FromMinutes(2) && d.Unwatched.Shares.Values.Sum(s => s.BasisPoints) == 10_000);
    }

    [Fact]
    public async Task Every_look_tells_the_platform_that_somebody_watches()
    {
        var rig = Compared();
        var platform = new WatchedPlatform(rig.Platform);

        await rig.ReleaseAsync(Stage.Canary, platform: platform, cancellationToken: Token);

        platform.Confirmed.ShouldBe(rig.Progress.Looks.Count());
    }

    private static Rig Compared(Func<PipelineDefinition, PipelineDefinition>? change = null) =>
        new Rig(pipeline: (change ?? (p => p))(Some.Pipeline(s => s with { Comparison = Some.Comparison })))
            .Running("production", Rig.Old);

    private static double CanaryShare(Rig rig) =>
        ((ObserveResult.Observed)rig.Platform.ObserveAsync("production", CancellationToken.None).Result)
            .Environment["eu-north"].Of(Rig.New.Digest)?.Share.Ratio ?? 0;

    private static TrafficShare Share(DesiredRegion desired) =>
        desired.Target.Versions.FirstOrDefault(v => v.Digest == Rig.New.Digest)?.Share ?? TrafficShare.None;

    private static int Left(DesiredRegion desired) => desired.Target.Versions.Single(v => v.Digest == Rig.Old.Digest).Instances;

    private static TrafficShare Proved(DesiredRegion desired) => desired.Unwatched!.Shares[Rig.New.Digest];
}
