using System.Text.Json.Nodes;
using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>How fast shares may grow (GATE-RELEASE 3.1.4, and resolutions 35 and 36).</summary>
public sealed class RampTests
{
    private static readonly RolloutOptions Options = RolloutOptions.Default;

    [Fact]
    public void Shares_grow_as_the_specification_computes()
    {
        var vector = ReleaseVectors.Vector("ramp-01");
        Options.HarmBudget.ShouldBe(vector["input"]!.Number("D"));
        Options.Reaction.TotalSeconds.ShouldBe(vector["input"]!.Number("T"));
        foreach (var ((i, row), should) in vector["input"]!.Rows("rows").Index().Zip(vector["expected"]!.Rows("rows")))
        {
            RampRegion[] regions = [.. row.Rows("regions").Select(Region)];
            var (bound, shares) = (row.Number("U"), new double[regions.Length]);

            RolloutRamp.Next(Options, regions, bound, row.Flag("shown"), shares)
                .ShouldAgree(should.Number("scale"), $"row {i}, scale");

            shares.ShouldAgree(should.Numbers("w"), $"row {i}");
            regions.Select(r => RolloutRamp.First(Options, r, bound)).ToList()
                .ShouldAgree(should.Numbers("first"), $"row {i}, first");
            regions.Select(r => RolloutRamp.IsCheap(Options, r))
                .ShouldBe(should["cheap"]!.AsArray().Select(c => c!.GetValue<bool>()), $"row {i}");
        }
    }

    [Fact]
    public void Before_eight_answers_no_region_gets_more_than_a_tenth()
    {
        var quiet = new RampRegion(0.05, 0.09, 1.0 / 3, 1, Shown: true, Answered: 7);
        var shares = new double[1];

        RolloutRamp.First(Options, quiet, 1).ShouldBe(0.1);
        RolloutRamp.Next(Options, [quiet], 1, shown: true, shares);
        shares[0].ShouldBe(0.1, 1e-12);

        RolloutRamp.First(Options, quiet with { Answered = 8 }, 1).ShouldBe(1.0 / 3);
        RolloutRamp.Next(Options, [quiet with { Answered = 8 }], 1, shown: true, shares);
        shares[0].ShouldBe(0.18, 1e-12);
    }

    [Fact]
    public void A_region_that_is_held_where_it_is_keeps_its_share_and_counts_in_the_sum()
    {
        var moving = new RampRegion(100, 0.001, 1, 1, Shown: false, Answered: 100);
        var held = moving with { Share = 0.0025, Moves = false };
        var shares = new double[2];

        RolloutRamp.Next(Options, [moving, held], 1, shown: false, shares).ShouldBe(0.5, 1e-9);

        shares.ShouldBe([0.0015, 0.0025], 1e-12);
    }

    private static RampRegion Region(JsonNode region) => new(
        region.Number("R"), region.Number("w"), region.Number("cap"), region.Number("U"), region.Flag("shown"),
        region.Count("requests"));
}
