using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Regions;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class RegionPlannerTests
{
    private static readonly VersionDesired ThreeOfB = new("b", "/artifact", 3, 10_000);

    [Fact]
    public void What_is_lacking_is_started_before_anything_else_is_touched()
    {
        var plan = RegionPlanner.Plan(View([ThreeOfB], [Old("a1"), Old("a2"), New("b1", InstancePhase.Ready)]));

        plan.Start.ShouldBe(new Dictionary<string, int> { ["b"] = 2 });
        plan.MoveWeights.ShouldBeFalse();
        plan.Drain.ShouldBeEmpty();
    }

    [Fact]
    public void Weights_do_not_move_before_every_new_instance_is_ready()
    {
        var plan = RegionPlanner.Plan(View([ThreeOfB], [Old("a1"), New("b1", InstancePhase.Ready), New("b2", InstancePhase.Ready), New("b3", InstancePhase.Starting)]));

        Should.Be(plan, RegionPlan.Nothing);
    }

    [Fact]
    public void Weights_do_not_move_before_what_the_new_version_calls_is_there()
    {
        var view = View([ThreeOfB], [Old("a1"), New("b1"), New("b2"), New("b3")]);

        Should.Be(RegionPlanner.Plan(view with { DependenciesReady = false }), RegionPlan.Nothing);
        RegionPlanner.Plan(view).MoveWeights.ShouldBeTrue();
    }

    [Fact]
    public void Old_instances_are_drained_together_with_the_move_of_the_weights()
    {
        var plan = RegionPlanner.Plan(View([ThreeOfB], [Old("a1"), Old("a2"), New("b1"), New("b2"), New("b3")]));

        plan.MoveWeights.ShouldBeTrue();
        plan.Drain.ShouldBe(["a1", "a2"]);
    }

    [Fact]
    public void Broken_instances_of_the_old_version_do_not_hold_up_their_cure()
    {
        var broken = Old("a1") with { State = InstancePhase.Exited, HasFailed = true };

        var plan = RegionPlanner.Plan(View([new("a", "/artifact", 1, 0), ThreeOfB], [broken, New("b1"), New("b2"), New("b3")]));

        plan.MoveWeights.ShouldBeTrue();
    }

    [Fact]
    public void One_new_instance_that_fails_ends_the_attempt_even_when_it_had_been_ready()
    {
        var failed = New("b2", InstancePhase.Exited) with { HasFailed = true };

        var plan = RegionPlanner.Plan(View([ThreeOfB], [Old("a1"), New("b1"), failed, New("b3")]));

        plan.GiveUpBecauseOf.ShouldBe("b2");
        plan.MoveWeights.ShouldBeFalse();
        plan.Drain.ShouldBeEmpty();
    }

    [Fact]
    public void After_giving_up_only_instances_that_never_were_ready_are_removed()
    {
        var unproven = New("b2", InstancePhase.Starting) with { Proven = false };

        var plan = RegionPlanner.Plan(View([ThreeOfB], [Old("a1"), New("b1"), unproven]) with { Failed = true });

        plan.Drain.ShouldBe(["b2"]);
        plan.Start.ShouldBeEmpty();
        plan.MoveWeights.ShouldBeFalse();
    }

    [Fact]
    public void What_an_earlier_attempt_left_behind_is_removed_and_not_held_against_this_one()
    {
        var left = New("b1", InstancePhase.Exited) with { IsCurrent = false, Proven = false, HasFailed = true };

        var plan = RegionPlanner.Plan(View([new("a", "/artifact", 1, 10_000)], [Old("a1"), left]));

        plan.Drain.ShouldBe(["b1"]);
        plan.GiveUpBecauseOf.ShouldBeNull();
    }

    [Fact]
    public void Of_too_many_instances_the_oldest_that_are_ready_stay()
    {
        var unready = Old("a1") with { State = InstancePhase.Unready };

        var plan = RegionPlanner.Plan(View([new("a", "/artifact", 2, 10_000)], [unready, Old("a2"), Old("a3"), Old("a4")]));

        plan.Drain.ShouldBe(["a4", "a1"], ignoreOrder: true);
    }

    [Fact]
    public void Where_everything_is_as_desired_nothing_is_done()
    {
        var view = View([ThreeOfB], [Old("b1"), Old("b2"), Old("b3")]) with { Settled = true };

        Should.Be(RegionPlanner.Plan(view), RegionPlan.Nothing);
    }

    private static RegionView View(IReadOnlyList<VersionDesired> desired, IReadOnlyList<InstanceView> instances) =>
        new(desired, instances, DependenciesReady: true, Settled: false, Failed: false);

    private static InstanceView Old(string id) => new(id, id[..1], InstancePhase.Ready, IsNew: false, IsCurrent: false, Proven: true, HasFailed: false);

    private static InstanceView New(string id, InstancePhase state = InstancePhase.Ready) => new(id, id[..1], state, IsNew: true, IsCurrent: true, Proven: true, HasFailed: false);

    private static class Should
    {
        public static void Be(RegionPlan plan, RegionPlan expected)
        {
            plan.Start.ShouldBe(expected.Start);
            plan.Drain.ShouldBe(expected.Drain);
            plan.MoveWeights.ShouldBe(expected.MoveWeights);
            plan.GiveUpBecauseOf.ShouldBe(expected.GiveUpBecauseOf);
        }
    }
}
