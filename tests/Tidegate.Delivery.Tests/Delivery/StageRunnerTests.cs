using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary>Whole releases over all stages, on the simulated platform: what is run, what is told from the ledger, what is refused.</summary>
public sealed class StageRunnerTests : IAsyncDisposable
{
    private static readonly Stage[] Stages = Enum.GetValues<Stage>();
    private readonly PipelineDefinition _definition = Some.Pipeline();
    private readonly VirtualTime _time = new(Some.Noon);
    private readonly SimulatedPlatform _platform;
    private readonly MemoryLedger _ledger;
    private readonly DeliveryPipeline _pipeline;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public StageRunnerTests()
    {
        _platform = new SimulatedPlatform(_definition.Environments, ["GET /products"], _time, seed: 1);
        _ledger = new MemoryLedger(_time);
        _pipeline = Open(_definition);
    }

    [Fact]
    public async Task A_first_release_goes_into_empty_regions_and_a_second_over_it()
    {
        (await ReleaseAllAsync("one")).ShouldAllBe(e => e.Outcome == Outcome.Released);
        (await ReleaseAllAsync("two")).ShouldAllBe(e => e.Outcome == Outcome.Released && !e.Recorded);

        (await ServingAsync()).ShouldBe("beta: two; gamma: two; production: two");
    }

    [Fact]
    public async Task Called_again_with_nothing_changed_every_stage_says_that_it_is_done_and_touches_nothing()
    {
        await ReleaseAllAsync("one");
        await ReleaseAllAsync("two");
        var effects = _platform.Effects.Count;

        var again = await ReleaseAllAsync("two");

        again.ShouldAllBe(e => e.Outcome == Outcome.Released && e.Recorded);
        again[^1].Because.ShouldBe("already healthy since 2026-03-08 12:03:20Z");
        _platform.Effects.Count.ShouldBe(effects);
    }

    [Theory]
    [InlineData(Stage.Canary)]
    [InlineData(Stage.RegionWaves)]
    public async Task What_was_delivered_and_fails_its_users_now_is_not_called_healthy_since(Stage stage)
    {
        await ReleaseAllAsync("one");
        await ReleaseAllAsync("two");
        _platform.Versions[Some.Digest("two")] = new(ErrorRate: 1);
        var effects = _platform.Effects.Count;

        var end = await _pipeline.ReleaseAsync(stage, Some.Artifact("two"), null, Token);

        end.Outcome.ShouldBe(Outcome.Held);
        end.Because.ShouldStartWith("already delivered, and looks unhealthy now: errors:");
        _platform.Effects.Count.ShouldBe(effects, "nothing is done but said");
    }

    [Fact]
    public async Task A_stage_whose_earlier_stage_has_no_verdict_is_refused_and_touches_nothing()
    {
        var end = await _pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("one"), null, Token);

        end.Outcome.ShouldBe(Outcome.PolicyRefused);
        end.Because.ShouldStartWith("DeployAlpha has no healthy verdict for");
        _platform.Effects.ShouldBeEmpty();
    }

    /// <summary>FAULTS.md A23: what was bad before is not this release's doing, and would be blamed on it.</summary>
    [Fact]
    public async Task What_was_wrong_before_a_release_began_holds_it_with_nothing_touched_and_the_way_back_stays_open()
    {
        await ReleaseAllAsync("one");
        await ReleaseAllAsync("two");
        var effects = _platform.Effects.Count;
        _platform.SharedOutageAfter = TimeSpan.Zero;

        var end = await _pipeline.ReleaseAsync(Stage.DeployAlpha, Some.Artifact("three"), null, Token);

        end.ShouldSatisfyAllConditions(
            e => e.Outcome.ShouldBe(Outcome.Held),
            e => e.Because.ShouldContain("nothing was touched"),
            e => e.Because.ShouldContain("the shared dependency shared is down"),
            e => e.Run.ShouldBeNull());
        _platform.Effects.Count.ShouldBe(effects);
        (await _pipeline.RollbackAsync("ada", "the way back is open whatever is wrong", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);

        _platform.SharedOutageAfter = null;
        (await _pipeline.ReleaseAsync(Stage.DeployAlpha, Some.Artifact("three"), null, Token)).Outcome.ShouldBe(Outcome.Released);
    }

    [Fact]
    public async Task What_was_wrong_before_keeps_nobody_from_deciding_to_release_what_mends_it()
    {
        await ReleaseAllAsync("one");
        _platform.Versions[Some.Digest("one")] = new(FailedCalls: 0.5);
        var pipeline = Open(Some.Pipeline(s => s.Stage == Stage.DeployBeta ? s with { Gate = s.Gate with { Signals = [.. s.Gate.Signals, Some.Calls] } } : s));
        await pipeline.ReleaseAsync(Stage.DeployAlpha, Some.Artifact("mended"), null, Token);

        var held = await pipeline.ReleaseAsync(Stage.DeployBeta, Some.Artifact("mended"), null, Token);
        var begun = await pipeline.ReleaseAsync(Stage.DeployBeta, Some.Artifact("mended"), new(Decision.Retry, "ada", "it mends the calls"), Token);

        held.Outcome.ShouldBe(Outcome.Held);
        held.Because.ShouldContain("the callee catalog fails the running version too");
        begun.Outcome.ShouldBe(Outcome.Released, begun.Because);
    }

    [Fact]
    public async Task Only_stages_that_are_declared_are_asked_for_and_one_that_is_not_cannot_be_run()
    {
        await using var pipeline = Open(_definition with { Stages = [_definition[Stage.Canary], _definition[Stage.RegionWaves]] });

        (await pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("one"), null, Token)).Outcome.ShouldBe(Outcome.Released);
        (await pipeline.ReleaseAsync(Stage.RegionWaves, Some.Artifact("one"), null, Token)).Outcome.ShouldBe(Outcome.Released);

        var end = await pipeline.ReleaseAsync(Stage.DeployBeta, Some.Artifact("one"), null, Token);
        end.Outcome.ShouldBe(Outcome.InputInvalid);
        end.Because.ShouldStartWith("profile 'local' declares no stage DeployBeta; it has: Canary, RegionWaves.");
    }

    [Fact]
    public async Task What_something_else_runs_is_judged_and_never_released_to()
    {
        var beta = _definition[Stage.DeployBeta];
        await using var pipeline = Open(_definition with { Stages = [beta with { Environment = beta.Environment with { Watched = true } }] });

        var end = await pipeline.ReleaseAsync(Stage.DeployBeta, Some.Artifact("one"), null, Token);

        end.Outcome.ShouldBe(Outcome.InputInvalid);
        end.Because.ShouldStartWith("beta is only watched");
        _platform.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Verdicts_of_another_configuration_do_not_count()
    {
        await ReleaseAllAsync("one");
        var changed = Open(_definition with { Digest = "another configuration" });

        (await changed.ReleaseAsync(Stage.RegionWaves, Some.Artifact("one"), null, Token)).Outcome.ShouldBe(Outcome.PolicyRefused);
    }

    [Fact]
    public async Task A_release_that_fails_in_production_is_taken_back_wherever_it_ran()
    {
        await ReleaseAllAsync("one");
        _platform.Versions[Some.Digest("two")] = new(LeakMebibytesPerSecond: 40);
        var slowLeak = Some.Pipeline(s => s.Stage == Stage.Canary ? s : s with { Gate = Some.Gate(Some.Live) });
        var pipeline = Open(slowLeak);
        await ReleaseAllAsync("one", pipeline);

        var ends = await ReleaseAllAsync("two", pipeline);

        ends.Select(e => e.Outcome).ShouldBe([Outcome.Released, Outcome.Released, Outcome.Released, Outcome.Released, Outcome.RolledBack]);
        (await ServingAsync()).ShouldBe("beta: one; gamma: one; production: one");
    }

    [Fact]
    public async Task What_was_rolled_back_stays_so_until_somebody_decides_to_retry()
    {
        await ReleaseAllAsync("one");
        _platform.Versions[Some.Digest("two")] = new(ErrorRate: 0.5);
        (await ReleaseAllAsync("two"))[^1].Outcome.ShouldBe(Outcome.RolledBack);
        _platform.Versions.Clear();
        var effects = _platform.Effects.Count;

        var again = (await ReleaseAllAsync("two"))[^1];
        again.Outcome.ShouldBe(Outcome.RolledBack);
        again.Recorded.ShouldBeTrue();
        _platform.Effects.Count.ShouldBe(effects);

        var retry = new DecisionGiven(Decision.Retry, "ada", "the load balancer was at fault");
        (await ReleaseAllAsync("two", decision: retry)).ShouldAllBe(e => e.Outcome == Outcome.Released);
    }

    [Fact]
    public async Task A_first_release_that_fails_is_removed_and_a_person_is_needed()
    {
        _platform.Versions[Some.Digest("one")] = new(ErrorRate: 0.5);

        var end = (await ReleaseAllAsync("one"))[^1];

        end.Outcome.ShouldBe(Outcome.RollbackIncomplete);
        end.Because.ShouldContain("where no earlier version ran");
    }

    [Fact]
    public async Task An_environment_that_another_run_owns_is_left_alone()
    {
        await using var other = ((LeaseResult.Granted)await _ledger.AcquireAsync("alpha", "grace, process 7", Token)).Lease;

        var end = await _pipeline.ReleaseAsync(Stage.DeployAlpha, Some.Artifact("one"), null, Token);

        end.Outcome.ShouldBe(Outcome.Locked);
        end.Because.ShouldContain("grace, process 7");
        _platform.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_newer_release_waits_for_the_unfinished_one()
    {
        await ReleaseAllAsync("one");
        OutageSoon();
        (await ReleaseAllAsync("two"))[^1].Outcome.ShouldBe(Outcome.Held);

        var end = (await ReleaseAllAsync("three"))[^1];

        end.Outcome.ShouldBe(Outcome.Held);
        end.Because.ShouldContain("is unfinished in alpha (DeployAlpha)");
    }

    [Fact]
    public async Task A_rollback_that_is_asked_for_takes_back_production_and_what_came_before_it()
    {
        await ReleaseAllAsync("one");
        await ReleaseAllAsync("two");

        (await _pipeline.RollbackAsync("ada", "customers complain", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);
        (await ServingAsync()).ShouldBe("beta: one; gamma: one; production: one");

        (await _pipeline.RollbackAsync("ada", "once more", null, Token)).Outcome.ShouldBe(Outcome.InputInvalid);
    }

    [Fact]
    public async Task A_release_that_waits_can_be_taken_back_so_that_the_next_one_may_pass()
    {
        await ReleaseAllAsync("one");
        OutageSoon();
        (await ReleaseAllAsync("two"))[^1].Outcome.ShouldBe(Outcome.Held);

        (await _pipeline.RollbackAsync("ada", "the catalog is down", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);
        _platform.SharedOutageAfter = null;

        (await ReleaseAllAsync("three")).ShouldAllBe(e => e.Outcome == Outcome.Released);
    }

    [Fact]
    public async Task A_rollback_of_a_half_finished_release_takes_back_what_was_done()
    {
        await ReleaseAllAsync("one");
        foreach (var stage in Stages[..^1]) await _pipeline.ReleaseAsync(stage, Some.Artifact("two"), null, Token);

        (await _pipeline.RollbackAsync("ada", "not today", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);

        (await ServingAsync()).ShouldBe("beta: one; gamma: one; production: one");
    }

    [Fact]
    public async Task A_run_that_is_stopped_in_a_wave_goes_on_there_when_the_whole_pipeline_is_called_again()
    {
        await ReleaseAllAsync("one");
        foreach (var stage in Stages[..^1]) await _pipeline.ReleaseAsync(stage, Some.Artifact("two"), null, Token);
        using var stopping = new CancellationTokenSource();
        _time.Moved += _ => stopping.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => _pipeline.ReleaseAsync(Stage.RegionWaves, Some.Artifact("two"), null, stopping.Token));

        var ends = await ReleaseAllAsync("two");

        ends.Select(e => e.Outcome).ShouldBe(Stages.Select(_ => Outcome.Released));
        (await ServingAsync()).ShouldBe("beta: two; gamma: two; production: two");
    }

    [Fact]
    public async Task A_run_that_is_stopped_leaves_the_ledger_so_that_calling_again_goes_on()
    {
        await ReleaseAllAsync("one");
        using var stopping = new CancellationTokenSource();
        _time.Moved += _ => stopping.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(() => _pipeline.ReleaseAsync(Stage.DeployAlpha, Some.Artifact("two"), null, stopping.Token));

        (await ReleaseAllAsync("two")).ShouldAllBe(e => e.Outcome == Outcome.Released);
    }

    /// <summary>LocalDown keeps the ledger: what was delivered once says nothing of what runs now.</summary>
    [Fact]
    public async Task Where_nothing_runs_any_more_the_next_version_is_a_first_release_again()
    {
        await ReleaseAllAsync("one");
        foreach (var environment in _definition.Environments) await _platform.RemoveAsync(environment.Name, 99, Token);

        (await ReleaseAllAsync("two")).ShouldAllBe(e => e.Outcome == Outcome.Released);
        (await ServingAsync()).ShouldBe("beta: two; gamma: two; production: two");
    }

    [Fact]
    public async Task Under_another_configuration_what_runs_everywhere_is_judged_again_and_needs_no_way_up_and_down()
    {
        await ReleaseAllAsync("one");
        await ReleaseAllAsync("two");

        var ends = await ReleaseAllAsync("two", Open(_definition with { Digest = "another configuration" }));

        ends.Select(e => e.Outcome).ShouldBe(Stages.Select(_ => Outcome.Released));
        ends.Count(e => e.Recorded).ShouldBe(1, "the test that there is no other version for");
    }

    [Theory]
    [InlineData("two", "production: one")]
    [InlineData("one", "production: one")] // a first release has nothing to go back to, and what serves is never taken away for want of another
    public async Task What_is_judged_again_and_found_bad_goes_back_to_what_ran_before_it_or_stays(string version, string serving)
    {
        await ReleaseAllAsync("one");
        if (version == "two") await ReleaseAllAsync("two");
        _platform.Versions[Some.Digest(version)] = new(ErrorRate: 0.5);
        var judged = Open(_definition with { Digest = "another configuration", Stages = [_definition[Stage.Canary], _definition[Stage.RegionWaves]] });

        var end = await judged.ReleaseAsync(Stage.Canary, Some.Artifact(version), null, Token);

        end.Outcome.ShouldBe(Outcome.RolledBack, end.Because);
        (await ServingAsync()).ShouldEndWith(serving);
        Effects("production").ShouldAllBe(e => !e.EndsWith("nothing", StringComparison.Ordinal));
    }

    /// <summary>FAULTS.md B12.</summary>
    [Theory]
    [InlineData(Decision.RollBack)]
    [InlineData(Decision.Stop)]
    public async Task A_decision_to_go_back_or_to_stop_is_refused_where_nothing_waits_and_begins_nothing(Decision what)
    {
        var decision = new DecisionGiven(what, "ada", "the wrong window");
        await ReleaseAllAsync("one");
        var effects = _platform.Effects.Count;

        foreach (var version in new[] { "one", "two" })
        {
            var end = (await ReleaseAllAsync(version, decision: decision))[^1];
            end.Outcome.ShouldBe(Outcome.InputInvalid);
            end.Because.ShouldContain("waits for a decision");
        }

        _platform.Effects.Count.ShouldBe(effects);
        (await ServingAsync()).ShouldBe("beta: one; gamma: one; production: one");
    }

    [Theory]
    [InlineData(Decision.RollBack, Outcome.RolledBack, "one")]
    [InlineData(Decision.Stop, Outcome.Stopped, "one+two")]
    [InlineData(Decision.Retry, Outcome.Held, "one+two")] // it is still wrong
    public async Task A_decision_reaches_the_stage_that_waits_past_those_that_are_done(Decision what, Outcome outcome, string serving)
    {
        await ReleaseAllAsync("one");
        await HoldCanaryAsync("two");

        var end = (await ReleaseAllAsync("two", decision: new(what, "ada", "seen")))[^1];

        end.Outcome.ShouldBe(outcome, end.Because);
        (await ServingAsync()).ShouldEndWith($"production: {serving}");
    }

    /// <summary>The same command again, after an interruption in the midst of what was retried.</summary>
    [Fact]
    public async Task A_decision_to_retry_that_is_said_again_while_the_retry_is_under_way_goes_on_with_it()
    {
        await ReleaseAllAsync("one");
        await HoldCanaryAsync("two");
        _platform.SharedOutageAfter = null;
        var retry = new DecisionGiven(Decision.Retry, "ada", "the catalog is back");
        using var stopping = new CancellationTokenSource();
        _time.Moved += _ => stopping.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => _pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("two"), retry, stopping.Token));

        (await ReleaseAllAsync("two", decision: retry)).ShouldAllBe(e => e.Outcome == Outcome.Released);
        (await ServingAsync()).ShouldBe("beta: two; gamma: two; production: two");
    }

    /// <summary>FAULTS.md C12, E14.</summary>
    [Fact]
    public async Task A_release_whose_configuration_changed_on_the_way_waits_for_a_decision()
    {
        await ReleaseAllAsync("one");
        await HoldCanaryAsync("two");
        _platform.SharedOutageAfter = null;
        var changed = Open(_definition with { Digest = "another configuration" });
        var effects = Effects("production").Count;

        var held = (await ReleaseAllAsync("two", changed))[^1];

        held.Outcome.ShouldBe(Outcome.Held);
        held.Because.ShouldStartWith("the configuration has changed since");
        Effects("production").Count.ShouldBe(effects);
        (await ReleaseAllAsync("two")).ShouldAllBe(e => e.Outcome == Outcome.Released, "as it was planned, it goes on");
    }

    [Fact]
    public async Task A_first_release_that_was_interrupted_in_gamma_goes_on_though_nothing_was_tested_there()
    {
        foreach (var stage in new[] { Stage.DeployAlpha, Stage.DeployBeta, Stage.UpgradeDowngradeTest }) await _pipeline.ReleaseAsync(stage, Some.Artifact("one"), null, Token);
        using var stopping = new CancellationTokenSource();
        _time.Moved += _ => stopping.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => _pipeline.ReleaseAsync(Stage.DeployGamma, Some.Artifact("one"), null, stopping.Token));

        (await ReleaseAllAsync("one")).ShouldAllBe(e => e.Outcome == Outcome.Released);
    }

    [Fact]
    public async Task A_rollback_takes_back_what_waits_before_what_was_delivered_and_then_no_further_than_it_is_told()
    {
        foreach (var version in new[] { "one", "two" }) await ReleaseAllAsync(version);
        await HoldCanaryAsync("three");

        (await _pipeline.RollbackAsync("ada", "three waits", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);
        (await ServingAsync()).ShouldBe("beta: two; gamma: two; production: two");

        var again = await _pipeline.RollbackAsync("ada", "three waits", null, Token);
        again.Outcome.ShouldBe(Outcome.InputInvalid);
        again.Because.ShouldEndWith($"--release {StageRunner.ReleaseName(Some.Artifact("two"))}");
        (await _pipeline.RollbackAsync("ada", "not that one", Some.Digest("three"), Token)).Outcome.ShouldBe(Outcome.InputInvalid);
        (await ServingAsync()).ShouldBe("beta: two; gamma: two; production: two");

        (await _pipeline.RollbackAsync("ada", "two as well", Some.Digest("two"), Token)).Outcome.ShouldBe(Outcome.RolledBack);
        (await ServingAsync()).ShouldBe("beta: one; gamma: one; production: one");
    }

    [Fact]
    public async Task A_rollback_does_not_take_back_a_healthy_production_while_a_newer_release_waits_before_it()
    {
        foreach (var version in new[] { "one", "two" }) await ReleaseAllAsync(version);
        await _pipeline.ReleaseAsync(Stage.DeployAlpha, Some.Artifact("three"), null, Token);
        OutageSoon();
        (await _pipeline.ReleaseAsync(Stage.DeployBeta, Some.Artifact("three"), null, Token)).Outcome.ShouldBe(Outcome.Held);

        (await _pipeline.RollbackAsync("ada", "three waits", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);

        (await ServingAsync()).ShouldBe("beta: two; gamma: two; production: two");

        (await _pipeline.RollbackAsync("ada", "the same job once more", null, Token)).Outcome.ShouldBe(Outcome.InputInvalid);
        (await ServingAsync()).ShouldBe("beta: two; gamma: two; production: two");
    }

    [Fact]
    public async Task A_rollback_of_a_named_release_never_takes_back_another_one_that_waits()
    {
        foreach (var version in new[] { "one", "two" }) await ReleaseAllAsync(version);
        await HoldCanaryAsync("three");
        var effects = _platform.Effects.Count;

        var end = await _pipeline.RollbackAsync("ada", "two, not three", Some.Digest("two"), Token);

        end.Outcome.ShouldBe(Outcome.Held);
        end.Because.ShouldStartWith($"{StageRunner.ReleaseName(Some.Artifact("three"))} is unfinished in production");
        _platform.Effects.Count.ShouldBe(effects);
    }

    [Fact]
    public async Task What_was_stopped_is_what_a_rollback_takes_back_in_every_region_that_it_reached()
    {
        foreach (var version in new[] { "one", "two" }) await ReleaseAllAsync(version);
        await StopInWavesAsync("three");

        (await _pipeline.RollbackAsync("ada", "no hotfix after all", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);

        (await ServingAsync()).ShouldBe("beta: two; gamma: two; production: two");
    }

    /// <summary>A hotfix that fails too goes back to what was good, not to what was stopped.</summary>
    [Fact]
    public async Task What_was_stopped_is_nothing_to_go_back_to()
    {
        foreach (var version in new[] { "one", "two" }) await ReleaseAllAsync(version);
        await StopInWavesAsync("three");
        _platform.Versions[Some.Digest("four")] = new(ErrorRate: 0.5);
        var pipeline = Open(_definition with { Stages = [_definition[Stage.Canary], _definition[Stage.RegionWaves]] });

        (await pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("four"), null, Token)).Outcome.ShouldBe(Outcome.RolledBack);

        Effects("production")[^1].ShouldContain(Some.Digest("two").Brief);
    }

    [Fact]
    public async Task What_could_not_be_brought_back_is_tried_again_by_the_next_rollback()
    {
        foreach (var version in new[] { "one", "two" }) await ReleaseAllAsync(version);
        _platform.Versions[Some.Digest("one")] = new(CrashesAtStart: true);
        (await _pipeline.RollbackAsync("ada", "customers complain", null, Token)).Outcome.ShouldBe(Outcome.RollbackIncomplete);

        _platform.Versions.Clear();
        (await _pipeline.RollbackAsync("ada", "the machines are back", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);

        (await ServingAsync()).ShouldBe("beta: one; gamma: one; production: one");
    }

    /// <summary>A verdict is taken back with the release, whichever stage it failed in.</summary>
    [Fact]
    public async Task What_was_rolled_back_in_a_wave_is_not_let_into_the_canary_again_by_calling_again()
    {
        await ReleaseAllAsync("one");
        var pipeline = Open(_definition with { Stages = [_definition[Stage.Canary], _definition[Stage.RegionWaves]] });
        (await pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("two"), null, Token)).Outcome.ShouldBe(Outcome.Released);
        _platform.Versions[Some.Digest("two")] = new(ErrorRate: 0.5);
        (await pipeline.ReleaseAsync(Stage.RegionWaves, Some.Artifact("two"), null, Token)).Outcome.ShouldBe(Outcome.RolledBack);
        var effects = _platform.Effects.Count;

        var again = await pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("two"), null, Token);

        again.Outcome.ShouldBe(Outcome.RolledBack);
        again.Recorded.ShouldBeTrue();
        _platform.Effects.Count.ShouldBe(effects);
    }

    [Fact]
    public async Task A_recorded_failure_that_is_told_again_takes_back_nothing_that_was_let_on_since()
    {
        await ReleaseAllAsync("one");
        foreach (var stage in Stages[..^2]) await _pipeline.ReleaseAsync(stage, Some.Artifact("two"), null, Token);
        _platform.Versions[Some.Digest("two")] = new(ErrorRate: 0.5);
        (await _pipeline.ReleaseAsync(Stage.Canary, Some.Artifact("two"), null, Token)).Outcome.ShouldBe(Outcome.RolledBack);
        _platform.Versions.Clear();
        var retry = new DecisionGiven(Decision.Retry, "ada", "for a look");
        foreach (var stage in Stages[..^2]) (await _pipeline.ReleaseAsync(stage, Some.Artifact("two"), retry, Token)).Outcome.ShouldBe(Outcome.Released);

        (await ReleaseAllAsync("two"))[^1].Outcome.ShouldBe(Outcome.RolledBack);

        (await ServingAsync()).ShouldBe("beta: two; gamma: two; production: one");
    }

    /// <summary>FAULTS.md C9.</summary>
    [Fact]
    public async Task An_older_release_replaces_a_newer_one_only_when_somebody_decides_so()
    {
        await PackagedAsync("one", "two");
        foreach (var version in new[] { "one", "two" }) await ReleaseAllAsync(version);
        var effects = _platform.Effects.Count;
        var changed = Open(_definition with { Digest = "another configuration" }); // so that nothing is recorded

        var end = await changed.ReleaseAsync(Stage.DeployBeta, Some.Artifact("one"), null, Token);
        end.Outcome.ShouldBe(Outcome.PolicyRefused, "alpha comes first");
        end = (await ReleaseAllAsync("one"))[^1];

        end.Outcome.ShouldBe(Outcome.Superseded, end.Because);
        end.Because.ShouldContain(StageRunner.ReleaseName(Some.Artifact("two")));
        _platform.Effects.Count.ShouldBe(effects);

        (await ReleaseAllAsync("one", decision: new(Decision.Retry, "ada", "two is not wanted any more"))).ShouldAllBe(e => e.Outcome == Outcome.Released);
        (await ServingAsync()).ShouldBe("beta: one; gamma: one; production: one");
        await PackagedAsync("two"); // the same bytes from newer sources
        (await ReleaseAllAsync("two")).ShouldAllBe(e => e.Outcome == Outcome.Released);
    }

    [Fact]
    public async Task A_rollback_that_was_interrupted_goes_on_under_whatever_configuration()
    {
        await ReleaseAllAsync("one");
        foreach (var stage in Stages[..^1]) await _pipeline.ReleaseAsync(stage, Some.Artifact("two"), null, Token);
        var before = Effects("production").Count;
        using var stopping = new CancellationTokenSource();
        _time.Moved += _ =>
        {
            if (Effects("production").Skip(before).Any(e => e.Contains(Some.Digest("two").Brief, StringComparison.Ordinal))) _platform.Versions[Some.Digest("two")] = new(ErrorRate: 0.5);
            if (Effects("production").Skip(before).Any(e => !e.Contains(Some.Digest("two").Brief, StringComparison.Ordinal))) stopping.Cancel(); // the first step back
        };
        await Should.ThrowAsync<OperationCanceledException>(() => _pipeline.ReleaseAsync(Stage.RegionWaves, Some.Artifact("two"), null, stopping.Token));

        var end = await Open(_definition with { Digest = "another configuration" }).ReleaseAsync(Stage.RegionWaves, Some.Artifact("two"), null, Token);

        end.Outcome.ShouldBe(Outcome.RolledBack, end.Because);
        (await ServingAsync()).ShouldBe("beta: one; gamma: one; production: one");
    }

    [Fact]
    public async Task A_region_that_is_declared_no_more_is_named_and_nothing_is_touched()
    {
        foreach (var version in new[] { "one", "two" }) await ReleaseAllAsync(version);
        var effects = _platform.Effects.Count;
        var production = _definition[Stage.RegionWaves].Environment;
        var smaller = production with { Regions = [.. production.Regions.Where(r => r.Name != "us-east")] };
        var pipeline = Open(_definition with { Stages = [.. _definition.Stages.Select(s => s.Environment.Name == "production" ? s with { Environment = smaller } : s)] });

        var end = await pipeline.RollbackAsync("ada", "customers complain", null, Token);

        end.Outcome.ShouldBe(Outcome.PolicyRefused, end.Because);
        end.Because.ShouldContain("us-east");
        _platform.Effects.Count.ShouldBe(effects);
        (await _pipeline.RollbackAsync("ada", "declared again", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);
    }

    [Fact]
    public async Task What_waits_in_a_stage_that_is_declared_no_more_is_taken_back()
    {
        await ReleaseAllAsync("one");
        await HoldCanaryAsync("two");
        var pipeline = Open(_definition with { Stages = [.. _definition.Stages.Where(s => s.Stage != Stage.Canary)] });

        (await pipeline.RollbackAsync("ada", "no canaries any more", null, Token)).Outcome.ShouldBe(Outcome.RolledBack);

        (await ServingAsync()).ShouldBe("beta: one; gamma: one; production: one");
    }

    [Fact]
    public async Task A_decision_about_a_canary_reaches_it_though_nothing_before_it_is_as_it_was()
    {
        await ReleaseAllAsync("one");
        await HoldCanaryAsync("two");

        var end = (await ReleaseAllAsync("two", Open(_definition with { Digest = "another configuration" }), new(Decision.RollBack, "ada", "not under this one")))[^1];

        end.Outcome.ShouldBe(Outcome.RolledBack, end.Because);
        (await ServingAsync()).ShouldBe("beta: one; gamma: one; production: one");
    }

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    private DeliveryPipeline Open(PipelineDefinition definition) => DeliveryPipeline.Open(
        new("", "", "local", Path.Combine(Path.GetTempPath(), "tidegate-none"), "", DryRunSeed: 1),
        definition,
        new(_ledger, _platform, _platform, [new ObservationSource(), new SimulatedSignals(_platform)], new Silent(), _time),
        "this test");

    private async Task<List<StageEnd>> ReleaseAllAsync(string version, DeliveryPipeline? pipeline = null, DecisionGiven? decision = null)
    {
        var ends = new List<StageEnd>();
        foreach (var stage in Stages)
        {
            ends.Add(await (pipeline ?? _pipeline).ReleaseAsync(stage, Some.Artifact(version), decision, Token));
            if (ends[^1].Outcome != Outcome.Released) break;
        }

        return ends;
    }

    /// <summary>A dependency that both versions share goes down after a release has begun: nobody's fault, so it waits.</summary>
    private void OutageSoon() => _platform.SharedOutageAfter = _time.GetUtcNow() - Some.Noon + TimeSpan.FromSeconds(3);

    private async Task HoldCanaryAsync(string version)
    {
        foreach (var stage in Stages[..^2]) (await _pipeline.ReleaseAsync(stage, Some.Artifact(version), null, Token)).Outcome.ShouldBe(Outcome.Released);
        OutageSoon();
        (await _pipeline.ReleaseAsync(Stage.Canary, Some.Artifact(version), null, Token)).Outcome.ShouldBe(Outcome.Held);
    }

    private async Task StopInWavesAsync(string version)
    {
        foreach (var stage in Stages[..^1]) (await _pipeline.ReleaseAsync(stage, Some.Artifact(version), null, Token)).Outcome.ShouldBe(Outcome.Released);
        _time.Moved += OutageInTheSecondRegion;
        (await _pipeline.ReleaseAsync(Stage.RegionWaves, Some.Artifact(version), null, Token)).Outcome.ShouldBe(Outcome.Held);
        (await _pipeline.ReleaseAsync(Stage.RegionWaves, Some.Artifact(version), new(Decision.Stop, "ada", "a hotfix is coming"), Token)).Outcome.ShouldBe(Outcome.Stopped);
        _time.Moved -= OutageInTheSecondRegion;
        _platform.SharedOutageAfter = null;

        void OutageInTheSecondRegion(DateTimeOffset _)
        {
            if (_platform.SharedOutageAfter is null && Effects("production")[^1] is var last && last.Contains("eu-west", StringComparison.Ordinal) && last.Contains(Some.Digest(version).Brief, StringComparison.Ordinal)) OutageSoon();
        }
    }

    private async Task PackagedAsync(params string[] versions)
    {
        foreach (var version in versions)
        {
            var sequence = (await _ledger.ReadAsync(ArtifactCatalog.Stream, Token)).Count;
            await _ledger.AppendAsync(ArtifactCatalog.Stream, sequence, new LedgerFact.Packaged(new(Some.Artifact(version), null, "", "", new Dictionary<string, string>(), _time.GetUtcNow())), Token);
        }
    }

    private List<string> Effects(string environment) => [.. _platform.Effects.Where(e => e.StartsWith(environment + "/", StringComparison.Ordinal))];

    private async Task<string> ServingAsync() => string.Join("; ", (await _pipeline.StatusAsync(Token))
        .Where(s => !s.Environment.Ephemeral)
        .Select(s => $"{s.Environment.Name}: " + string.Join("+", ((ObserveResult.Observed)s.Seen).Environment.Regions.SelectMany(r => r.Versions).Select(v => Version(v.Digest)).Distinct())));

    private static string Version(ArtifactDigest digest) => new[] { "one", "two", "three" }.FirstOrDefault(v => Some.Digest(v) == digest) ?? digest.Brief;
}
