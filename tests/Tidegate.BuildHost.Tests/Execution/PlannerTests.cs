using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Execution;

public class PlannerTests
{
    [Fact]
    public void Only_what_is_chosen_and_what_it_depends_on_is_planned_dependencies_first() =>
        Graph.Of("Clean", "Compile", "Test", "Pack").DependsOn("Compile", "Clean").DependsOn("Test", "Compile").DependsOn("Pack", "Compile")
            .Plan("Test").ShouldBe("Clean Compile Test");

    [Fact]
    public void The_order_on_the_command_line_does_not_count()
    {
        var graph = Graph.Of("A", "B", "C").DependsOn("C", "A");

        graph.Plan("A", "B", "C").ShouldBe(graph.Plan("C", "B", "A"));
    }

    [Fact]
    public void Unrelated_targets_run_in_reverse_order_of_discovery_as_in_NUKE() =>
        Graph.Of("A", "B", "C").Plan("A", "B", "C").ShouldBe("C B A");

    [Fact]
    public void An_order_plans_nothing_but_is_kept_when_both_run()
    {
        var graph = Graph.Of("A", "B").After("A", "B");

        graph.Plan("A").ShouldBe("A");
        graph.Plan("A", "B").ShouldBe("B A");
    }

    [Fact]
    public void Order_reaches_through_targets_that_are_not_planned() =>
        Graph.Of("A", "Between", "B").After("A", "Between").After("Between", "B").Plan("A", "B").ShouldBe("B A");

    [Fact]
    public void A_trigger_is_planned_after_its_target_with_its_own_dependencies_and_triggers() =>
        Graph.Of("Publish", "Announce", "Login", "Log").Triggers("Publish", "Announce").DependsOn("Announce", "Login").Triggers("Announce", "Log")
            .Plan("Publish").ShouldBe("Login Publish Announce Log");

    [Fact]
    public void Planning_twice_gives_the_same_plan()
    {
        var graph = Graph.Of("A", "B", "C", "D").DependsOn("D", "B", "C").DependsOn("B", "A").DependsOn("C", "A");

        graph.Plan("D").ShouldBe(graph.Plan("D"));
    }

    [Fact]
    public void A_cycle_is_refused_with_its_members_even_when_nobody_chose_them()
    {
        var graph = Graph.Of("Free", "A", "B", "C").DependsOn("A", "B").After("B", "C").Triggers("A", "C");

        var problem = Should.Throw<UsageException>(() => graph.Plan("Free")).Problems.ShouldHaveSingleItem();

        problem.What.ShouldBe("circular dependency: A <- C <- B <- A");
    }

    [Fact]
    public void Strict_refuses_an_order_that_nobody_declared() =>
        Should.Throw<UsageException>(() => Planner.Plan(Graph.Of("A", "B").Targets, [], strict: true)).Message.ShouldContain("A and B");

    [Fact]
    public void Thousand_targets_in_a_chain_keep_their_order()
    {
        var names = Enumerable.Range(0, 1000).Select(number => $"T{number}").ToArray();
        var graph = Graph.Of(names);
        for (var i = 1; i < names.Length; i++)
            graph.DependsOn(names[i], names[i - 1]);

        graph.Plan(names[^1]).ShouldBe(string.Join(' ', names));
    }
}
