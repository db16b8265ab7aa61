using System.Text.Json.Nodes;
using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>What speaks for a candidate, and the ramp's bound (GATE-RELEASE 3.1.4).</summary>
public sealed class ClearanceVectorTests
{
    /// <summary>Requests of the running version beyond the median, and none of the candidate's: the 99th percentile
    /// decides.</summary>
    private const long Plenty = 1_000_000_000;

    public static TheoryData<string> Vectors => ReleaseVectors.About("for");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Evidence_for_a_candidate_grows_with_what_it_answered(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        var (phi, options) = (input.Number("phi"), RolloutOptions.Default);
        RampBound.Grades.ShouldBe(input.Numbers("grades"));
        var reference = SomeRollout.Reference(2, dispersion: phi, slow: input.Number("phiSlow"));
        var clearance = new RolloutClearance(SomeRollout.Plan(2));
        var (whole, paired) = (new EventCount[2], new RatioBelow[2]);
        foreach (var ((s, step), should) in input.Rows("steps").Index().Zip(expected.Rows("steps")))
        {
            foreach (var (r, region) in step.Rows("regions").Index())
            {
                clearance.Add(r, Window(region), reference.Regions[r], reference, shows: true);
                whole[r] = whole[r].Plus(new(region.Count("a"), region.Count("n")));
                paired[r] = paired[r].Add(
                    new(region.Count("n"), region.Count("m"), region.Count("a"), region.Count("b")),
                    options.RegionMargin.Margin, HarmMargin.Alike, HarmMargin.Better, phi);
            }

            clearance.Conclude(reference, new RolloutIncidents(2), judgeSlow: true);

            var where = $"{name}, step {s}";
            var below = RateBelow.LogValue(whole[0].Plus(whole[1]), options.Margin.Harm, phi);
            Math.Exp(below).ShouldAgree(should.Number("below"), where);
            Math.Exp(clearance.Nats.Failures).ShouldAgree(should.Number("N"), where);
            Math.Exp(clearance.Nats.Slow).ShouldAgree(should.Number("NSlow"), where);
            clearance.Bound.ShouldBe(should.Number("U"), where);
            clearance.Shown.ShouldBe(should.Flag("shown"), where);
            for (var r = 0; r < 2; r++)
            {
                Math.Exp(options.RegionMargin.Evidence(paired[r], whole[r], phi))
                    .ShouldAgree(should.Numbers("NRegion")[r], where);
                clearance.BoundIn(r).ShouldBe(should.Numbers("URegion")[r], where);
                clearance.ShownIn(r).ShouldBe(should["shownRegion"]![r]!.GetValue<bool>(), where);
            }
        }
    }

    private static RegionWindow Window(JsonNode region) => new()
    {
        Candidate = [new("candidate", 0, region.Count("n"), region.Count("a"))],
        Running = [new("running", 0, region.Count("m"), region.Count("b"))],
        Slow = [[0, region.Count("slowA"), 0, region.Count("slowB")], [0, 0, 0, 0], [0, 0, 0, Plenty]],
    };
}
