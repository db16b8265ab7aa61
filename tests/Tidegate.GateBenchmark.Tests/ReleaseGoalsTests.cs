using Tidegate.GateBenchmark.Policies;
using Tidegate.GateBenchmark.Results;
using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Tests;

public sealed class ReleaseGoalsTests
{
    [Fact]
    public void What_was_not_played_is_not_measured()
    {
        Of([], []).ShouldAllBe(g => g.Met == null);
    }

    [Fact]
    public void Perfect_releases_reach_every_goal_but_those_that_need_rivals()
    {
        var goals = Of(Cells(SuiteFiles.Suite), Cells(SuiteFiles.GoalWorlds));

        goals.ShouldAllBe(g => g.Met == true);
        goals[^1].Measured.ShouldContain("Not measured: G3, G4, G13");
    }

    [Fact]
    public void One_harmless_release_of_a_hundred_rolled_back_misses_the_goal_of_bursts()
    {
        var cells = Cells(SuiteFiles.GoalWorlds);
        var at = cells.FindIndex(c => c.Scenario.Name == "R3_healthy_0.1%_phi3_10rps");
        var worse = Enumerable.Repeat(Good(cells[at].Scenario), 99).Append(new Run(60, double.NaN, 0, false));
        cells[at] = Cell.Of(ReleaseGoals.Policy, cells[at].Scenario, [.. worse]);

        var goal = Of([], cells).First(g => g.Id == "R3");

        goal.Met.ShouldBe(false);
        goal.Measured.ShouldContain("phi3_10rps");
    }

    [Fact]
    public void A_fault_that_is_found_too_late_misses_its_goal()
    {
        var cells = Cells(SuiteFiles.GoalWorlds);
        var at = cells.FindIndex(c => c.Scenario.Name == "R9_total_0.2rps");
        cells[at] = Cell.Of(ReleaseGoals.Policy, cells[at].Scenario, [new Run(900, double.NaN, 9, false)]);

        Of([], cells).Where(g => g.Met == false).ShouldHaveSingleItem().Text.ShouldContain("0.2 requests/s");
    }

    [Fact]
    public void Every_world_has_a_name_of_its_own()
    {
        SuiteFiles.Suite.Concat(SuiteFiles.GoalWorlds).Select(s => s.Name).ShouldBeUnique();
    }

    private static IReadOnlyList<Goal> Of(List<Cell> suite, List<Cell> worlds) =>
        new ReleaseGoals(new Table(suite), new Table(worlds), SequentialOptions.Default).All();

    private static List<Cell> Cells(IEnumerable<Scenario> scenarios) =>
        [.. scenarios.Select(s => Cell.Of(ReleaseGoals.Policy, s, [Good(s)]))];

    private static Run Good(Scenario scenario) => scenario.MustRollBack
        ? new(60, double.NaN, 0.5, false)
        : new(double.NaN, 200, 0, false);
}
