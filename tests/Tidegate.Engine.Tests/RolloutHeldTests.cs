using Tidegate.Testing;

namespace Tidegate.Engine.Tests;

/// <summary>A rollout that cannot go on by itself: who is taken off, what is asked, and what another attempt begins with.</summary>
public sealed class RolloutHeldTests
{
    private static readonly ReleaseEvent.Decided Retry = new(Decision.Retry, "ada", "fixed");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_somebody_is_asked_users_are_taken_off_first()
    {
        var rig = Compared(s => s with { Reaction = Reaction.Ask }).With(Rig.New, new(ErrorRate: 0.3));

        var held = (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Held>();

        held.For.ShouldBe(HeldFor.Decision);
        held.Question.ShouldContain("fail");
        var moved = rig.Progress.Reports.OfType<ReleaseProgress.Moved>().Select(m => m.Event.GetType()).ToList();
        moved.TakeLast(2).ShouldBe([typeof(ReleaseEvent.RolloutHeld), typeof(ReleaseEvent.Withdrawn)]);
        (await rig.ServingAsync("production")).ShouldStartWith("eu-north: 2×old at 100 % + 1×new at 0 %");
    }

    [Fact]
    public async Task Users_stay_where_it_was_declared_that_they_do()
    {
        var rig = Compared(s => s with { Reaction = Reaction.Ask, StaysWhileHeld = true }).With(Rig.New, new(ErrorRate: 0.3));

        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Held>()
            .For.ShouldBe(HeldFor.Decision);
        rig.Progress.Reports.OfType<ReleaseProgress.Moved>().ShouldNotContain(m => m.Event is ReleaseEvent.Withdrawn);
        var serving = await rig.ServingAsync("production");
        serving.ShouldContain("1×new");
        serving.ShouldNotContain("1×new at 0 %");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_attempt_after_a_verdict_begins_anew_with_evidence_of_its_own(bool stays)
    {
        var rig = Compared(s => s with { Reaction = Reaction.Ask, StaysWhileHeld = stays }).With(Rig.New, new(ErrorRate: 0.3));
        await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);
        rig.With(Rig.New, new());
        var effects = rig.Platform.Effects.Count;

        var release = await rig.ReleaseAsync(Stage.Canary, decision: Retry, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.Delivered>();
        var began = (await rig.RolloutAsync()).OfType<LedgerFact.RolloutBegan>().ToList();
        began.Count.ShouldBe(2);
        began.ShouldAllBe(b => !b.Carried);
        // Taken off already, it begins with its first share; otherwise it is taken off first.
        rig.Platform.Effects.Skip(effects).First().ShouldContain($"1×{Rig.New.Digest.Brief} at {(stays ? "0" : "10")} %");
    }

    [Fact]
    public async Task Another_attempt_in_a_later_wave_has_the_earlier_ones_on_its_hands_and_forgets_the_canary()
    {
        var rig = Compared(s => s with { Reaction = Reaction.Ask });
        await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);
        var planned = (await rig.Ledger.ReadAsync("production", Token)).Count + 1;
        rig.Progress.On = what =>
        {
            if (what is ReleaseProgress.Looked { Step.Wave: 2 }) rig.With(Rig.New, new(ErrorRate: 0.3));
        };
        (await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Held>()
            .For.ShouldBe(HeldFor.Decision);
        rig.Progress.On = null;
        rig.With(Rig.New, new());

        var release = await rig.ReleaseAsync(Stage.RegionWaves, decision: Retry, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.Delivered>();
        (await rig.RolloutAsync(planned)).OfType<LedgerFact.RolloutBegan>().Select(b => b.Carried).ShouldBe([true, false]);
        (await rig.ServingAsync("production")).ShouldNotContain("old");
    }

    [Fact]
    public async Task A_candidate_whose_instances_never_start_is_rolled_back()
    {
        var rig = Compared().With(Rig.New, new(CrashesAtStart: true));

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldContain("exited with code 134");
        (await rig.ServingAsync("production")).ShouldNotContain("new");
    }

    [Fact]
    public async Task One_whose_instances_take_longer_than_the_deadline_is_rolled_back()
    {
        var rig = new Rig(pipeline: Some.Pipeline(s => s with { Comparison = Some.Comparison }), startSeconds: 60)
            .Running("production", Rig.Old);

        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token))
            .State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldBe("eu-north: not as desired after 30s");
    }

    [Fact]
    public async Task One_whose_later_batch_does_not_start_is_held()
    {
        var rig = Compared();
        rig.Progress.On = what =>
        {
            var first = $"1×{Rig.New.Digest.Brief} at 3";
            if (rig.Platform.Effects.Any(e => e.Contains(first, StringComparison.Ordinal))) rig.With(Rig.New, new(CrashesAtStart: true));
        };

        var held = (await rig.ReleaseAsync(Stage.RegionWaves, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Held>();

        held.For.ShouldBe(HeldFor.Evidence);
        held.Question.ShouldContain("eu-north");
        held.Question.ShouldContain("exited with code 134");
    }

    [Fact]
    public async Task A_candidate_that_the_platform_refuses_is_rolled_back_and_a_later_refusal_is_held()
    {
        var (never, later) = (Compared(), Compared());
        var first = new WatchedPlatform(never.Platform) { Instead = d => IsNew(d) ? new ApplyResult.Refused("no room") : null };
        var second = new WatchedPlatform(later.Platform);
        second.Instead = d => IsNew(d) && second.Desired.Count > 3 ? new ApplyResult.Refused("no room") : null;

        (await never.ReleaseAsync(Stage.Canary, platform: first, cancellationToken: Token))
            .State.ShouldBeOfType<ReleaseState.RolledBack>().Because.ShouldBe("no room");
        (await later.ReleaseAsync(Stage.Canary, platform: second, cancellationToken: Token))
            .State.ShouldBe(new ReleaseState.Held(0, "no room", HeldFor.Platform));
    }

    [Fact]
    public async Task Counts_that_cannot_be_read_for_long_are_held_with_users_taken_off_and_called_again_it_ramps_anew()
    {
        var rig = Compared();
        var traffic = new FailingTraffic(rig.Platform);
        rig.Traffic = traffic;
        var looks = 0;
        rig.Progress.On = what => traffic.Fails = what is ReleaseProgress.Looked ? ++looks > 12 : traffic.Fails;

        var held = (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Held>();

        held.For.ShouldBe(HeldFor.Evidence);
        held.Question.ShouldContain("could not be read for 50s: the edges do not answer");
        (await rig.ServingAsync("production")).ShouldStartWith("eu-north: 2×old at 100 % + 1×new at 0 %");
        (rig.Progress.On, traffic.Fails) = (null, false);
        var before = (await rig.WindowsAsync()).Count;
        (await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token)).State.ShouldBeOfType<ReleaseState.Delivered>();
        (await rig.RolloutAsync()).OfType<LedgerFact.RolloutReopened>().ShouldHaveSingleItem();
        (await rig.WindowsAsync())[before].Regions[0].Withdrawn.ShouldBeTrue();
    }

    [Theory]
    [InlineData(CapRule.Hold, typeof(ReleaseState.Held))]
    [InlineData(CapRule.Slower, typeof(ReleaseState.Delivered))]
    [InlineData(CapRule.Promote, typeof(ReleaseState.Delivered))]
    public async Task At_the_end_of_its_time_a_step_without_evidence_does_what_was_declared(CapRule rule, Type state)
    {
        // So much evidence is asked for that it cannot come in time.
        var rig = new Rig(pipeline: Some.Pipeline(s => s with
        {
            Comparison = Some.Comparison with
            {
                AtCap = rule,
                Options = Some.Comparison.Options with { Beta = 1e-300, Gamma = 1e-300 },
            },
        })).Running("production", Rig.Old);

        var release = await rig.ReleaseAsync(Stage.Canary, cancellationToken: Token);

        release.State.GetType().ShouldBe(state);
        if (release.State is ReleaseState.Held held) held.Question.ShouldContain("the evidence for the canary did not come in time");
    }

    private static bool IsNew(DesiredRegion desired) => desired.Target.Versions.Any(v => v.Digest == Rig.New.Digest);

    private static Rig Compared(Func<StageDefinition, StageDefinition>? change = null) =>
        new Rig(pipeline: Some.Pipeline(s => (change ?? (x => x))(s with { Comparison = Some.Comparison })))
            .Running("production", Rig.Old);
}
