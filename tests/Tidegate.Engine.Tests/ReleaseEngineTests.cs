using Tidegate.Engine.Simulation;
using Tidegate.Testing;

namespace Tidegate.Engine.Tests;

public sealed class ReleaseEngineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_healthy_release_goes_from_the_canary_to_every_region()
    {
        var rig = new Rig().Running("production", Rig.Old);

        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
        (await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();

        (await rig.ServingAsync("production")).ShouldBe("eu-north: 2×new at 100 %; eu-west: 3×new at 100 %; us-east: 4×new at 100 %; ap-south: 3×new at 100 %");
        rig.Platform.FailedRequests.ShouldBe(0);
    }

    [Fact]
    public async Task An_environment_for_one_artifact_is_made_judged_and_removed()
    {
        var rig = new Rig();

        (await rig.ReleaseAsync(Stage.DeployAlpha, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();

        rig.Platform.Removed.ShouldBe(["alpha"]);
    }

    [Fact]
    public async Task A_version_that_crashes_at_start_is_stopped_in_alpha_and_its_environment_removed()
    {
        var rig = new Rig().With(Rig.New, new(CrashesAtStart: true));

        var release = await rig.ReleaseAsync(Stage.DeployAlpha, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldContain("exited with code 134");
        rig.Platform.Removed.ShouldBe(["alpha"]);
    }

    public static TheoryData<string, SimulatedVersion> Faults => new()
    {
        { "errors", new(ErrorRate: 0.2) },
        { "latency", new(SlowShare: 0.5) },
        { "memory", new(LeakMebibytesPerSecond: 30) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_rolled_back_by_the_signal_that_sees_it(string signal, SimulatedVersion fault)
    {
        var rig = new Rig().Running("production", Rig.Old).With(Rig.New, fault);

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldStartWith(signal);
        (await rig.ServingAsync("production")).ShouldBe("eu-north: 2×old at 100 %; eu-west: 3×old at 100 %; us-east: 4×old at 100 %; ap-south: 3×old at 100 %");
    }

    [Fact]
    public async Task A_fault_that_shows_in_a_later_wave_brings_back_every_region_biggest_first()
    {
        var rig = new Rig().Running("production", Rig.Old);
        rig.Progress.On = what =>
        {
            if (what is ReleaseProgress.Converging { Title: "wave 3 of 3, batch 1 of 4: ap-south, us-east" }) rig.With(Rig.New, new(ErrorRate: 0.3));
        };

        var release = await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>();
        rig.Platform.Effects.Where(e => e.EndsWith($"×{Rig.Old.Digest.Brief} at 100 %", StringComparison.Ordinal)).Select(e => e.Split([':', '/'])[1])
            .ShouldBe(rig.Platform.Effects.Where(e => !e.EndsWith($"×{Rig.Old.Digest.Brief} at 100 %", StringComparison.Ordinal)).Select(e => e.Split([':', '/'])[1]).Distinct().Reverse());
        (await rig.ServingAsync("production")).ShouldNotContain("new");
    }

    [Fact]
    public async Task No_region_waits_for_another_one_to_be_back()
    {
        var rig = new Rig(startSeconds: 20).Running("production", Rig.Old);
        var (began, back) = (DateTimeOffset.MaxValue, new List<DateTimeOffset>());
        rig.Progress.On = what =>
        {
            if (what is ReleaseProgress.Converging { Title: "wave 3 of 3, batch 1 of 4: ap-south, us-east" }) rig.With(Rig.New, new(ErrorRate: 0.3));
            if (what is not ReleaseProgress.Moved moved) return;
            if (moved.Event is ReleaseEvent.Restored) back.Add(rig.Time.GetUtcNow());
            else if (moved.Release.State is ReleaseState.RollingBack) began = rig.Time.GetUtcNow();
        };

        (await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.RolledBack>();

        back.Count.ShouldBe(4);
        (back.Max() - began).ShouldBeLessThan(TimeSpan.FromSeconds(2 * 20), "instances of all regions start side by side");
    }

    [Fact]
    public async Task An_incident_that_hits_both_versions_holds_and_rolls_nothing_back()
    {
        var rig = new Rig().Running("production", Rig.Old);
        rig.Platform.SharedOutageAfter = TimeSpan.FromSeconds(4);

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.Held>().Question.ShouldContain("the shared dependency shared is down");
        ReleaseMachine.Decide(release).ShouldBeOfType<ReleaseCommand.End>().Outcome.ShouldBe(Outcome.Held);
        rig.Platform.Effects.ShouldHaveSingleItem();
    }

    private static PipelineDefinition Watching(params HealthSignal[] more) => Some.Pipeline(s => s with { Gate = s.Gate with { Signals = [.. s.Gate.Signals, .. more] } });

    [Fact]
    public async Task A_release_whose_own_calls_fail_is_rolled_back_though_no_user_sees_it_and_the_callee_is_well()
    {
        var rig = new Rig(pipeline: Watching(Some.Calls)).Running("production", Rig.Old).With(Rig.New, new(FailedCalls: 0.5));

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldStartWith("calls, region eu-north: ");
        (await rig.ServingAsync("production")).ShouldNotContain("new");
        rig.Platform.FailedRequests.ShouldBe(0);
    }

    [Fact]
    public async Task A_healthy_release_is_not_kept_by_signals_of_its_neighbours()
    {
        var rig = new Rig(pipeline: Watching(Some.Calls, Shared)).Running("production", Rig.Old);

        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
        (await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
    }

    [Fact]
    public async Task Calls_that_fail_for_both_versions_hold_and_roll_nothing_back()
    {
        var rig = new Rig(pipeline: Watching(Some.Calls)).Running("production", Rig.Old).With(Rig.Old, new(FailedCalls: 0.5)).With(Rig.New, new(FailedCalls: 0.5));

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.Held>().Question.ShouldContain("not caused by this release: the callee catalog fails the running version too");
        rig.Platform.Effects.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_wrong_before_a_release_is_told_before_anything_is_touched()
    {
        var rig = new Rig(pipeline: Watching(Some.Calls, Shared)).Running("production", Rig.Old);
        (await rig.ObstaclesAsync(Stage.Canary, Token)).ShouldBeEmpty();

        rig.Platform.SharedOutageAfter = TimeSpan.Zero;
        (await rig.ObstaclesAsync(Stage.Canary, Token)).ShouldHaveSingleItem().ShouldContain("the callee shared is not well (shared: it is down in eu-north, eu-west, us-east, ap-south)");

        rig.Platform.SharedOutageAfter = null;
        rig.With(Rig.Old, new(FailedCalls: 0.5));
        (await rig.ObstaclesAsync(Stage.Canary, Token)).ShouldHaveSingleItem().ShouldStartWith("the callee catalog fails the running version too");

        rig.Platform.Effects.ShouldBeEmpty();
    }

    private static readonly HealthSignal Shared = Some.Signal("shared", new SignalRule.Health(null)) with { Scope = SignalScope.Downstream, Neighbour = "shared" };

    [Fact]
    public async Task A_held_release_goes_on_when_it_is_called_again_and_the_incident_is_over()
    {
        var rig = new Rig().Running("production", Rig.Old);
        rig.Platform.SharedOutageAfter = TimeSpan.FromSeconds(4);
        await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);
        rig.Platform.SharedOutageAfter = null;

        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
    }

    [Fact]
    public async Task Data_that_the_earlier_version_cannot_read_is_stopped_by_the_upgrade_downgrade_test()
    {
        var rig = new Rig().Running("gamma", Rig.Old).With(Rig.New, new(WritesUnreadableData: true));

        var release = await rig.ReleaseAsync(Stage.UpgradeDowngradeTest, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldStartWith("data:");
        (await rig.ServingAsync("gamma")).ShouldBe("gamma-1: 2×old at 100 %");
    }

    [Fact]
    public async Task Each_bake_lasts_as_long_as_is_asked_and_the_next_is_shorter()
    {
        var rig = new Rig().Running("production", Rig.Old);

        await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        var judged = rig.Progress.Looks.GroupBy(l => l.Step.Title).Select(g => g.Last().Window.Judged.TotalSeconds).ToList();
        judged.ShouldBe([8, 4]);
    }

    [Fact]
    public async Task Too_few_requests_prolong_the_bake_up_to_its_maximum_and_then_hold()
    {
        var rig = new Rig(pipeline: Some.Pipeline(s => s with { Gate = s.Gate with { Floors = new Dictionary<string, int> { ["GET /products"] = 100_000 } } })).Running("production", Rig.Old);

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.Held>().Question.ShouldContain("of 100000 requests");
        rig.Progress.Looks.Last().Elapsed.ShouldBe(TimeSpan.FromSeconds(32));
    }

    [Fact]
    public async Task A_platform_that_stays_away_ends_as_unknown_and_goes_on_when_it_is_back()
    {
        var rig = new Rig().Running("production", Rig.Old);
        var flaky = new AwayPlatform(rig.Platform) { Away = true };

        var release = await rig.ReleaseAsync(Stage.Canary, platform: flaky, cancellationToken: Token);
        release.State.ShouldBeOfType<ReleaseState.Held>().For.ShouldBe(HeldFor.Platform);

        flaky.Away = false;
        (await rig.ReleaseAsync(Stage.Canary, platform: flaky, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
    }

    [Fact]
    public async Task A_platform_that_is_ahead_of_the_ledger_refuses_it()
    {
        var rig = new Rig().Running("production", Rig.Old);
        await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);
        var forgetful = new Rig(); // an empty ledger over what the first one made
        var seen = (ObserveResult.Observed)await rig.Platform.ObserveAsync("production", Token);
        var plan = PlanBuilder.Build(forgetful.Pipeline, Stage.Canary, Some.Artifact("third"), "orders-2", seen.Environment);
        var engine = new ReleaseEngine(rig.Platform, rig.Platform, [new ObservationSource(), new SimulatedSignals(rig.Platform)], rig.Progress, rig.Time);

        var refused = await Should.ThrowAsync<LedgerRefusedException>(() =>
            engine.RunAsync(Release.Begin(plan), new ReleaseJournal(forgetful.Ledger, "production", 0), resumed: false, Token));

        refused.Problem.Code.ShouldBe("TG4015");
    }

    [Fact]
    public async Task A_run_that_lost_its_stream_to_another_has_no_further_effect()
    {
        var rig = new Rig().Running("production", Rig.Old);
        var seen = (ObserveResult.Observed)await rig.Platform.ObserveAsync("production", Token);
        var plan = PlanBuilder.Build(rig.Pipeline, Stage.Canary, Rig.New, "orders-1", seen.Environment);
        var journal = new ReleaseJournal(rig.Ledger, "production", 0);
        await rig.Ledger.AppendAsync("production", 0, new LedgerFact.Planned(plan, "the other run"), Token);
        var engine = new ReleaseEngine(rig.Platform, rig.Platform, [new ObservationSource(), new SimulatedSignals(rig.Platform)], rig.Progress, rig.Time);

        await Should.ThrowAsync<LeaseLostException>(() => engine.RunAsync(Release.Begin(plan), journal, resumed: false, Token));

        rig.Platform.Effects.ShouldBeEmpty();
    }

    private sealed class AwayPlatform(IPlatform inner) : IPlatform
    {
        public Task<string?> ReviveAsync(string environment, CancellationToken cancellationToken) => inner.ReviveAsync(environment, cancellationToken);

        public Task ConfirmAsync(string environment, CancellationToken cancellationToken) => inner.ConfirmAsync(environment, cancellationToken);

        public bool Away { get; set; }

        public Task<ApplyResult> ApplyAsync(DesiredRegion desired, CancellationToken cancellationToken) =>
            Away ? Task.FromResult<ApplyResult>(new ApplyResult.Unknown("connection refused")) : inner.ApplyAsync(desired, cancellationToken);

        public Task<ObserveResult> ObserveAsync(string environment, CancellationToken cancellationToken) =>
            Away ? Task.FromResult<ObserveResult>(new ObserveResult.Unreachable("connection refused")) : inner.ObserveAsync(environment, cancellationToken);

        public Task<ApplyResult> RemoveAsync(string environment, long generation, CancellationToken cancellationToken) =>
            inner.RemoveAsync(environment, generation, cancellationToken);
    }
}
