using System.Diagnostics;
using Tidegate.Testing;
using static Tidegate.ReleaseEvent;
using static Tidegate.ReleaseState;

namespace Tidegate.Domain.Tests.Releases;

public sealed class ReleaseMachineTests
{
    private static readonly Judgement Good = new(Verdict.Healthy, [], []);
    private static readonly Judgement Bad = new(Verdict.Unhealthy, [new("errors", Verdict.Unhealthy, "9 of 10 failed")], []);
    private static readonly Judgement Unsure = new(Verdict.Insufficient, [], ["GET /products: 3 of 20 requests"]);
    private static readonly Judgement Blind = new(Verdict.Error, [new("errors", Verdict.Error, "the edges did not answer")], []);

    private static readonly ReleasePlan TwoSteps = Plan(removeAfter: false, Reaction.RollBack, Some.Digest("before"));
    private static readonly ReleasePlan MadeForIt = Plan(removeAfter: true, Reaction.RollBack, null);
    private static readonly ReleasePlan Asking = Plan(removeAfter: false, Reaction.Ask, Some.Digest("before"));
    private static readonly ReleasePlan FirstEver = Plan(removeAfter: false, Reaction.RollBack, null);

    private static readonly ReleasePlan Rolling = Rollout(Reaction.RollBack);
    private static readonly ReleasePlan RollingAsking = Rollout(Reaction.Ask);

    private static readonly IReadOnlyList<RegionTarget> Half = [Split(5_000)];
    private static readonly IReadOnlyList<RegionTarget> Proved = [Split(1_000)];

    public static TheoryData<string> Plans =>
        ["two steps", "made for it", "asking", "first ever", "rollout", "rollout that asks"];

    public static TheoryData<string> Rollouts => ["rollout", "rollout that asks"];

    private static readonly ReleaseEvent[] Events =
    [
        new Placed(0), new Placed(1), new PlacementFailed(0, "exited with 1"), new PlacementFailed(1, "exited with 1"),
        new PlacementUnknown(0, "no answer"), new PlacementUnknown(1, "no answer"),
        new Judged(0, Good), new Judged(1, Good), new Judged(0, Bad), new Judged(1, Bad),
        new BakeExpired(0, Unsure), new BakeExpired(1, Unsure), new BakeExpired(0, Blind), new BakeExpired(1, Blind),
        new ShareChosen(0, TrafficShare.Percent(20), "ruled out"), new ShareChosen(1, TrafficShare.Percent(20), "ruled out"),
        new TargetsChosen(0, Half, "ruled out"), new TargetsChosen(1, Half, "ruled out"),
        new RolloutHeld(0, Bad, Proved), new RolloutHeld(1, Bad, null), new RolloutHeld(0, Unsure, null),
        new RolloutHeld(1, Unsure, Proved), new RolloutHeld(1, Blind, Proved),
        new Withdrawn(0), new Withdrawn(1), new WithdrawFailed(0, "no answer"), new WithdrawFailed(1, "no answer"),
        new Restored(0), new Restored(1), new RestoreFailed(0, "would not start"), new RestoreFailed(1, "would not start"),
        new Removed(), new RemoveFailed("still there"), new Resumed(),
        new Decided(Decision.Retry, "ada", "metrics are back"), new Decided(Decision.RollBack, "ada", "looks bad"), new Decided(Decision.Stop, "ada", "hotfix is coming"),
    ];

    [Theory]
    [MemberData(nameof(Plans))]
    public void Every_state_by_every_event_is_as_approved(string name)
    {
        var plan = Named(name);
        var lines = Reachable(plan).SelectMany(state => Events.Select(what => (state, what, next: Try(plan, state, what))))
            .Where(t => t.next is not null && !(t.state.IsFinal && t.next == t.state))
            .Select(t => $"{Text(t.state)} -- {Text(t.what)} --> {Text(t.next!)}")
            .Order(StringComparer.Ordinal);

        Approved.Matches($"transitions, {name}", string.Join('\n', lines) + "\n");
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Final_states_absorb_every_event(string name)
    {
        var plan = Named(name);

        foreach (var state in Reachable(plan).Where(s => s.IsFinal))
        {
            Events.ShouldAllBe(what => ReleaseMachine.Evolve(new(plan, state), what).State == state);
        }
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_final_state_can_be_reached_from_every_state(string name)
    {
        var plan = Named(name);

        foreach (var state in Reachable(plan))
        {
            Reachable(plan, state).ShouldContain(s => s.IsFinal, $"nothing ends {state}");
        }
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Nothing_but_a_healthy_verdict_leads_to_the_next_step(string name)
    {
        var plan = Named(name);

        foreach (var state in Reachable(plan))
        {
            foreach (var what in Events.Where(e => e is not Judged { Judgement.Verdict: Verdict.Healthy }))
            {
                if (Try(plan, state, what) is { } next) StepOf(next).ShouldBeLessThanOrEqualTo(StepOf(state), $"{what} while {state}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Going_back_never_turns_into_going_forward(string name)
    {
        var plan = Named(name);

        foreach (var state in Reachable(plan).Where(s => s is RollingBack))
        {
            Reachable(plan, state).ShouldAllBe(s => s is RollingBack || s is RolledBack || s is RollbackIncomplete);
        }
    }

    [Theory]
    [MemberData(nameof(Rollouts))]
    public void A_rollout_is_never_placed_and_baked_step_by_step(string name) =>
        Reachable(Named(name)).ShouldAllBe(s => !(s is Placing) && !(s is Baking));

    [Theory]
    [MemberData(nameof(Rollouts))]
    public void Users_are_taken_off_before_anybody_is_asked(string name)
    {
        var plan = Named(name);

        foreach (var state in Reachable(plan).OfType<RollingOut>())
        {
            foreach (var held in Events.OfType<RolloutHeld>().Where(e => e.Step == state.Step))
            {
                var next = ReleaseMachine.Evolve(new(plan, state), held).State;

                if (held.Back is null) next.ShouldBeOfType<Held>();
                else next.ShouldBeOfType<Withdrawing>().Targets.ShouldBe(held.Back);
                ForOf(next).ShouldBe(
                    held.Judgement.Verdict == Verdict.Unhealthy ? HeldFor.Decision : HeldFor.Evidence);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rollouts))]
    public void Taking_users_off_ends_in_a_question_and_keeps_it_whether_or_not_it_works(string name)
    {
        var plan = Named(name);

        foreach (var state in Reachable(plan).OfType<Withdrawing>())
        {
            var ended = ReleaseMachine.Evolve(new(plan, state), new Withdrawn(state.Step)).State;
            ended.ShouldBe(new Held(state.Step, state.Question, state.For));

            var last = state with { Attempt = plan.Attempts };
            var failed = ReleaseMachine.Evolve(new(plan, last), new WithdrawFailed(state.Step, "no answer")).State;
            failed.ShouldBeOfType<Held>().Question.ShouldStartWith(state.Question);
            failed.ShouldBeOfType<Held>().For.ShouldBe(state.For);
        }
    }

    [Theory]
    [MemberData(nameof(Rollouts))]
    public void A_verdict_on_a_rollout_is_latched_until_somebody_decides(string name)
    {
        var plan = Named(name);

        foreach (var state in Reachable(plan).OfType<Held>().Where(s => s.For == HeldFor.Decision))
        {
            ReleaseMachine.Evolve(new(plan, state), new Resumed()).State.ShouldBe(state);
            ReleaseMachine.Evolve(new(plan, state), new Decided(Decision.Retry, "ada", "fixed")).State
                .ShouldBeOfType<RollingOut>().Targets.ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_next_phase_of_a_rollout_begins_with_what_stands()
    {
        var rolling = ReleaseMachine.Evolve(Release.Begin(Rolling), new TargetsChosen(0, Half, "ruled out"));

        ReleaseMachine.Decide(rolling).ShouldBe(new ReleaseCommand.RollOut(0, Half));
        ReleaseMachine.Evolve(rolling, new Judged(0, Good)).State.ShouldBe(new RollingOut(1, Half));
    }

    [Fact]
    public void A_rollout_that_would_be_taken_back_asks_the_platform_for_exactly_that()
    {
        var held = ReleaseMachine.Evolve(new(RollingAsking, new RollingOut(0, Half)), new RolloutHeld(0, Bad, Proved));

        ReleaseMachine.Decide(held).ShouldBe(new ReleaseCommand.Withdraw(0, Proved));
    }

    [Fact]
    public void A_step_whose_effect_is_unknown_is_tried_again_and_then_held_as_unknown()
    {
        var once = ReleaseMachine.Evolve(Release.Begin(TwoSteps), new PlacementUnknown(0, "no answer"));
        var twice = ReleaseMachine.Evolve(once, new PlacementUnknown(0, "no answer"));

        once.State.ShouldBe(new Placing(0, 2));
        twice.State.ShouldBe(new Held(0, "no answer", HeldFor.Platform));
        ReleaseMachine.Decide(twice).ShouldBe(new ReleaseCommand.End(Outcome.PlatformUnknown, "no answer"));
    }

    [Fact]
    public void Missing_evidence_holds_and_moves_nothing()
    {
        var held = ReleaseMachine.Evolve(new(TwoSteps, new Baking(1)), new BakeExpired(1, Unsure));

        held.State.ShouldBe(new Held(1, "GET /products: 3 of 20 requests", HeldFor.Evidence));
        ReleaseMachine.Decide(held).ShouldBe(new ReleaseCommand.End(Outcome.Held, "GET /products: 3 of 20 requests"));
        ReleaseMachine.Evolve(held, new Resumed()).State.ShouldBe(new Placing(1, 1));
    }

    [Fact]
    public void A_region_that_cannot_be_brought_back_does_not_keep_the_others_from_being_tried()
    {
        var release = new Release(TwoSteps, new RollingBack(0, 1, "errors", null));

        foreach (var what in new ReleaseEvent[] { new RestoreFailed(0, "would not start"), new RestoreFailed(0, "would not start"), new Restored(1) })
        {
            release = ReleaseMachine.Evolve(release, what);
        }

        release.State.ShouldBe(new RollbackIncomplete("errors", "us-east: would not start"));
        ReleaseMachine.Decide(release).ShouldBeOfType<ReleaseCommand.End>().Outcome.ShouldBe(Outcome.RollbackIncomplete);
    }

    [Fact]
    public void A_first_release_that_fails_is_removed_and_left_to_a_person()
    {
        var release = new Release(FirstEver, new RollingBack(0, 1, "errors", null));

        release = ReleaseMachine.Evolve(ReleaseMachine.Evolve(release, new Restored(0)), new Restored(1));

        release.State.ShouldBe(new RollbackIncomplete("errors", "removed from us-east, eu-north, where no earlier version ran"));
    }

    [Fact]
    public void An_environment_made_for_the_artifact_is_removed_whatever_the_verdict()
    {
        ReleaseMachine.Evolve(new(MadeForIt, new Baking(1)), new Judged(1, Good)).State.ShouldBe(new Removing(1));

        var failed = ReleaseMachine.Evolve(new(MadeForIt, new Baking(0)), new Judged(0, Bad));
        ReleaseMachine.Decide(failed).ShouldBe(new ReleaseCommand.Remove());
        ReleaseMachine.Evolve(failed, new Removed()).State.ShouldBeOfType<RolledBack>();
    }

    [Fact]
    public void A_stage_that_asks_holds_on_an_unhealthy_verdict_and_rolls_back_when_somebody_says_so()
    {
        var held = ReleaseMachine.Evolve(new(Asking, new Baking(0)), new Judged(0, Bad));

        held.State.ShouldBe(new Held(0, "errors: 9 of 10 failed", HeldFor.Decision));
        ReleaseMachine.Evolve(held, new Resumed()).ShouldBe(held, "the verdict is latched: calling again is no way around it");
        ReleaseMachine.Evolve(held, new Decided(Decision.RollBack, "ada", "looks bad")).State
            .ShouldBe(new RollingBack(0, 1, "ada decided: looks bad", null));
    }

    [Fact]
    public void What_cannot_happen_is_a_defect_and_says_so()
    {
        Should.Throw<UnreachableException>(() => ReleaseMachine.Evolve(new(TwoSteps, new Baking(0)), new Placed(0)))
            .Message.ShouldBe("Placed { Step = 0 } cannot happen while Baking { IsFinal = False, Step = 0, Share =  }.");
    }

    private static ReleasePlan Plan(bool removeAfter, Reaction reaction, ArtifactDigest? baseline) => new(
        "orders-1",
        Stage.RegionWaves,
        "production",
        Some.Artifact("candidate"),
        "configuration",
        [new("one", 1, [], Some.Bakes(8).Step(0)), new("two", 2, [], Some.Bakes(8).Step(1))],
        [new("us-east", baseline, 4), new("eu-north", baseline, 2)],
        removeAfter,
        Some.Gate(),
        reaction,
        2,
        TimeSpan.FromSeconds(30));

    private static RegionTarget Split(int share) => new("us-east",
        [new(Some.Digest("before"), 4, new TrafficShare(share).Rest), new(Some.Digest("candidate"), 1, new(share))]);

    private static ReleasePlan Rollout(Reaction reaction) =>
        Plan(removeAfter: false, reaction, Some.Digest("before")) with
        {
            Rollout = new(
                "quick", RolloutOptions.Default, [],
                [new(PhaseKind.Wave, ["us-east", "eu-north"]), new(PhaseKind.Watch, ["us-east", "eu-north"])],
                1, TrafficShare.Percent(10), [], [], [], 1, 3, null, null, 0),
        };

    private static HeldFor? ForOf(ReleaseState state) => state switch
    {
        Withdrawing s => s.For,
        Held s => s.For,
        _ => null,
    };

    private static ReleasePlan Named(string name) => name switch
    {
        "rollout" => Rolling,
        "rollout that asks" => RollingAsking,
        "two steps" => TwoSteps,
        "made for it" => MadeForIt,
        "asking" => Asking,
        _ => FirstEver,
    };

    private static List<ReleaseState> Reachable(ReleasePlan plan, ReleaseState? from = null)
    {
        var found = new List<ReleaseState> { from ?? Release.Begin(plan).State };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(Events.Select(what => Try(plan, found[i], what)).OfType<ReleaseState>().Where(next => !found.Contains(next)).Distinct());
        }

        return found;
    }

    private static ReleaseState? Try(ReleasePlan plan, ReleaseState state, ReleaseEvent what)
    {
        try
        {
            return ReleaseMachine.Evolve(new(plan, state), what).State;
        }
        catch (UnreachableException)
        {
            return null;
        }
    }

    private static int StepOf(ReleaseState state) => state switch
    {
        Placing s => s.Step,
        Baking s => s.Step,
        RollingOut s => s.Step,
        Withdrawing s => s.Step,
        Held s => s.At,
        Removing => 2,
        Delivered => 2,
        _ => 0,
    };

    private static string Text(ReleaseState state) => state switch
    {
        Placing s => $"placing {s.Step}{At(s.Share)} (attempt {s.Attempt})",
        Baking s => $"baking {s.Step}{At(s.Share)}",
        RollingOut s => $"rolling out {s.Step}{At(s.Targets)}",
        Withdrawing s => $"withdrawing {s.Step}{At(s.Targets)} (attempt {s.Attempt}) for {Lower(s.For)}: {s.Question}",
        Held s => $"held at {s.At}{At(s.Share)} for {s.For.ToString().ToLowerInvariant()}: {s.Question}",
        Removing s => $"removing (attempt {s.Attempt})",
        RollingBack s => $"rolling back {s.Region} (attempt {s.Attempt}): {s.Because}{(s.Incomplete is null ? "" : $" [{s.Incomplete}]")}",
        RolledBack s => $"ROLLED BACK: {s.Because}",
        RollbackIncomplete s => $"INCOMPLETE: {s.Because} [{s.Left}]",
        Stopped s => $"STOPPED: {s.Because}",
        _ => "DELIVERED",
    };

    private static string Lower(HeldFor held) => held.ToString().ToLowerInvariant();

    private static string At(IReadOnlyList<RegionTarget> targets) => targets is [var target] ? At(target.Versions[1].Share) : "";

    private static string At(TrafficShare? share) => share is { } chosen ? $" with {chosen}" : "";

    private static string Text(ReleaseEvent what) => what switch
    {
        ShareChosen e => $"chose {e.Share} in {e.Step}",
        Judged e => $"judged {e.Step} {e.Judgement.Verdict}",
        BakeExpired e => $"bake of {e.Step} expired, {e.Judgement.Verdict}",
        Placed e => $"placed {e.Step}",
        PlacementFailed e => $"placement of {e.Step} failed",
        PlacementUnknown e => $"placement of {e.Step} unknown",
        TargetsChosen e => $"chose{At(e.Targets)} in {e.Step}",
        RolloutHeld e => $"rollout of {e.Step} held, {e.Judgement.Verdict}{(e.Back is { } back ? $", back{At(back)}" : "")}",
        Withdrawn e => $"withdrawn in {e.Step}",
        WithdrawFailed e => $"withdrawing in {e.Step} failed",
        Restored e => $"restored {e.Region}",
        RestoreFailed e => $"restore of {e.Region} failed",
        Decided e => $"decided {e.Decision}",
        _ => what.GetType().Name.ToLowerInvariant(),
    };
}
