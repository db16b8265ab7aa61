using Tidegate.Testing;

namespace Tidegate.Engine.Tests;

/// <summary>What was placed is gone while it is watched: whoever removed it, that is no health.</summary>
public sealed class StandingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly HealthSignal Ready = Some.Signal("ready", new SignalRule.Readiness("/health/ready"));

    private static Rig Watched(params HealthSignal[] signals) => new(pipeline: Some.Pipeline(s => s with { Gate = Some.Gate(signals) }));

    /// <summary>Once, at the first look of this step that has judged so many seconds.</summary>
    private static void At(Rig rig, int judged, string title, Action happens)
    {
        var over = false;
        rig.Progress.On = what =>
        {
            if (over || what is not ReleaseProgress.Looked look || look.Window.Judged < TimeSpan.FromSeconds(judged) || !look.Step.Title.Contains(title, StringComparison.Ordinal)) return;
            over = true;
            happens();
        };
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task A_candidate_that_vanishes_while_it_is_watched_is_not_healthy_and_is_placed_again_when_called_again(int judged)
    {
        var rig = Watched(Some.Live, Ready);
        At(rig, judged, "", () => rig.Platform.Lose("alpha", "alpha-1"));

        var release = await rig.ReleaseAsync(Stage.DeployAlpha, cancellationToken: Token);

        var held = release.State.ShouldBeOfType<ReleaseState.Held>();
        held.For.ShouldBe(HeldFor.Evidence);
        held.Question.ShouldContain($"not as it was placed: alpha-1: 1×{Rig.New.Digest.Brief} at 100 % is wanted, nothing is there");
        held.Question.ShouldContain("live: no value: no instance of the candidate is there in alpha-1");
        held.Question.ShouldContain("ready: no value");
        (await rig.ReleaseAsync(Stage.DeployAlpha, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
    }

    [Fact]
    public async Task A_candidate_that_vanishes_is_rolled_back_where_no_data_is_as_bad_as_bad_data()
    {
        var rig = Watched(Some.Live with { NoData = NoDataPolicy.Fail }).Running("beta", Rig.Old);
        At(rig, 4, "", () => rig.Platform.Lose("beta", "beta-1"));

        var release = await rig.ReleaseAsync(Stage.DeployBeta, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldBe("live: no value: no instance of the candidate is there in beta-1");
        (await rig.ServingAsync("beta")).ShouldBe("beta-1: 1×old at 100 %");
    }

    [Fact]
    public async Task A_region_of_an_earlier_wave_that_vanishes_holds_the_wave_that_is_watched()
    {
        var rig = Watched(Some.Live).Running("production", Rig.Old);
        At(rig, 1, "wave 2 of 3", () => rig.Platform.Lose("production", "eu-north"));

        var release = await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.Held>().Question.ShouldContain("eu-north");
        rig.Progress.Looks.Last().Step.Wave.ShouldBe(2);
    }

    [Fact]
    public async Task A_running_version_that_vanishes_beside_the_candidate_holds_too()
    {
        var rig = Watched(Some.Live).Running("production", Rig.Old);
        At(rig, 4, "", () => rig.Platform.Lose("production", "eu-north", Rig.Old.Digest));

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.Held>().Question.ShouldContain($"2×{Rig.Old.Digest.Brief} at 90 %");
    }

    [Fact]
    public async Task A_canary_that_vanishes_beside_the_running_version_is_not_healthy()
    {
        var rig = new Rig(pipeline: Some.Pipeline(s => s with { Comparison = Some.Comparison })).Running("production", Rig.Old);
        At(rig, 3, "", () => rig.Platform.Lose("production", "eu-north", Rig.New.Digest));

        var held = (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Held>();

        held.For.ShouldBe(HeldFor.Evidence);
        held.Question.ShouldContain("eu-north: not as desired after 30s");
    }

    [Fact]
    public async Task Time_in_which_it_did_not_stand_is_not_baked()
    {
        var rig = Watched(Some.Smoke with { Rule = new SignalRule.Command(["true"]) }).Running("beta", Rig.Old);
        var looks = 0;
        rig.Progress.On = what =>
        {
            if (what is not ReleaseProgress.Looked) return;
            if (++looks == 3) rig.Platform.Lose("beta", "beta-1");
            if (looks == 6) rig.Platform.Seed("beta", Rig.New.Digest);
        };

        (await rig.ReleaseAsync(Stage.DeployBeta, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();

        rig.Progress.Looks.Count().ShouldBe(1 + 8 + 3, "eight seconds of bake, and three looks at nothing");
    }

    [Fact]
    public async Task A_test_that_goes_all_the_way_down_wants_no_instance_of_the_candidate_there()
    {
        var rig = Watched(Some.Live, Some.Memory, Ready).Running("gamma", Rig.Old);

        (await rig.ReleaseAsync(Stage.UpgradeDowngradeTest, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();

        (await rig.ServingAsync("gamma")).ShouldBe("gamma-1: 2×old at 100 %");
    }

    [Fact]
    public async Task An_environment_that_is_only_judged_and_has_lost_what_ran_there_is_not_healthy()
    {
        var rig = Watched(Some.Live).Running("beta", Rig.Old);
        At(rig, 2, "as it runs", () => rig.Platform.Lose("beta", "beta-1"));

        (await rig.JudgeAsync(Stage.DeployBeta, Rig.Old, Token)).Verdict.ShouldBe(Verdict.Insufficient);
    }
}
