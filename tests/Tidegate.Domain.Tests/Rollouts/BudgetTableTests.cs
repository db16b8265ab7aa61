using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>The budget of a plan, as it is printed (GATE-RELEASE 3.1.3, and resolution 21).</summary>
public sealed class BudgetTableTests
{
    private static readonly string[] Regions = ["eu-north", "eu-west", "ap-south", "us-east"];
    private static readonly string[][] Waves = [["eu-north"], ["eu-west"], ["ap-south", "us-east"]];

    /// <summary>The vector knows no kinds of answers.</summary>
    private static readonly BudgetWeights OfVector = new(0.3, 0.06, 0.2, 0, 0.2, 0.1, 0.03, 0.05, 0.06);

    [Fact]
    public void The_canary_in_every_region_spends_as_the_specification_prints()
    {
        var table = BudgetTable.Of(Beginnings.Of(everyRegion: true), OfVector, ["eu-north"], Regions, Waves);

        var expected = ReleaseVectors.Vector("budget-01-printed")["expected"]!;
        var printed = expected["percent"]!.AsObject();
        table.Rows.Count.ShouldBe(printed.Count);
        foreach (var (row, (name, should)) in table.Rows.Zip(printed))
        {
            row.Begins.ShouldStartWith(name);
            foreach (var (kind, percent) in row.Percent)
            {
                if (kind != EvidenceKind.Answers) percent.ShouldAgree(should!.Number(Name(kind)), $"{name}, {kind}");
            }

            row.Sum.ShouldAgree(should!.Number("sum"), name);
        }

        table.Total.ShouldAgree(expected["sum"]!.Number("sum"), "all of it");
    }

    [Fact]
    public void With_one_region_first_the_other_regions_begin_with_their_wave()
    {
        var table = BudgetTable.Of(Beginnings.Of(everyRegion: false), OfVector, ["eu-north"], Regions, Waves);

        Errors("canary begins").ShouldBe(100 * 0.3 * ((0.6 * 0.30) + (0.1 * 0.35)), 1e-9);
        Errors("wave 1").ShouldBe(100 * 0.3 * ((0.6 * 0.35 / 3) + (0.1 * 0.30)), 1e-9);
        Errors("wave 2").ShouldBe(100 * 0.3 * ((0.6 * 0.35 / 3) + (0.1 * 0.65)), 1e-9);
        Errors("wave 3").ShouldBe(100 * 0.3 * ((0.6 * 0.35 / 3) + (0.2 * 0.65)), 1e-9);
        table.Rows.ShouldNotContain(r => r.Begins == "canary in all regions");
        table.Total.ShouldBe(100, 1e-9);

        double Errors(string begins) =>
            table.Rows.Single(r => r.Begins.StartsWith(begins, StringComparison.Ordinal)).Percent[EvidenceKind.Errors];
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    public void Whatever_the_plan_all_of_the_budget_is_planned_and_no_more(bool everyRegion, int canaries)
    {
        var table = BudgetTable.Of(Beginnings.Of(everyRegion), BudgetWeights.Default, [.. Regions.Take(canaries)],
            Regions, Waves);

        table.Total.ShouldBe(100, 1e-9);
        foreach (var kind in Enum.GetValues<EvidenceKind>())
        {
            table.Rows.Sum(r => r.Percent[kind]).ShouldBe(100 * BudgetWeights.Default[kind], 1e-9, $"{kind}");
        }
    }

    private static string Name(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Errors => "errors",
        EvidenceKind.Hard => "hard",
        EvidenceKind.Endpoints => "endpoints",
        EvidenceKind.Slow => "slow",
        EvidenceKind.Journeys => "journeys",
        EvidenceKind.Readiness => "ready",
        EvidenceKind.Restarts => "restarts",
        EvidenceKind.Memory => "memory",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not in the vector"),
    };
}
