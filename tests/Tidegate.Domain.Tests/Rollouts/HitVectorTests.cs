using System.Text.Json.Nodes;
using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>Cells with any failure, zone by zone (GATE-COMPARISON 1.2).</summary>
public sealed class HitVectorTests
{
    public static TheoryData<string> Vectors => ReleaseVectors.About("hits");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Cells_that_were_hit_weigh_as_the_hypergeometric_law_says(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        var question = input.Question();
        var (hitRate, lift) = (input.Number("lamHat"), input.Number("lift"));
        var zones = input.Rows("zones").Select(Cells).ToList();

        foreach (var (zone, should) in zones.Zip(expected.Rows("zones")))
        {
            Compare(zone, should, hitRate, name);
            OfOne(question, zone, should, hitRate, lift, name);
        }

        Together(question, input, zones.Count).ShouldAgree(expected.Numbers("lnL"), name);
        Next(new(hitRate), zones).PerRequest.ShouldAgree(expected.Number("lamHatAfter"),
            $"{name}, hit rate afterwards");
    }

    private static void Compare(ZoneCells zone, JsonNode should, double hitRate, string name)
    {
        zone.CandidateCells.ShouldBe(should["C"]!.GetValue<int>(), name);
        zone.RunningCells.ShouldBe(should["B"]!.GetValue<int>(), name);
        zone.CandidateHits.ShouldBe(should["a"]!.GetValue<int>(), name);
        zone.RunningHits.ShouldBe(should["b"]!.GetValue<int>(), name);
        if (should.Flag("counts")) HitCells.Odds(zone, hitRate).ShouldAgree(should.Number("omega"), $"{name}, omega");
    }

    /// <summary>Not yet divided by the dispersion.</summary>
    private static void OfOne(
        RateRatio question, ZoneCells zone, JsonNode should, double hitRate, double lift, string name)
    {
        var logs = new double[question.Alternatives.Length];
        HitCells.Add(question, zone, hitRate, lift, logs);

        var ratios = should.Flag("counts")
            ? should.Numbers("lnP").Select(p => p - should.Number("lnP0")).ToArray()
            : new double[logs.Length];
        logs.ShouldAgree(ratios, $"{name}, one zone");
    }

    private static double[] Together(RateRatio question, JsonNode input, int zones)
    {
        var (cells, logs) = (new FailureCells(zones), new double[question.Alternatives.Length]);
        foreach (var (z, zone) in input.Rows("zones").Index())
        {
            foreach (var (n, x) in Instances(zone["candidate"]!)) cells.AddCandidate(z, n, x);
            foreach (var (n, x) in Instances(zone["running"]!)) cells.AddRunning(z, n, x);
        }

        cells.Hits(question, input.Number("phiH"), input.Number("lamHat"), input.Number("lift"), logs);
        return logs;
    }

    private static ZoneCells Cells(JsonNode zone)
    {
        var cells = default(ZoneCells);
        foreach (var (n, x) in Instances(zone["candidate"]!)) cells.AddCandidate(n, x);
        foreach (var (n, x) in Instances(zone["running"]!)) cells.AddRunning(n, x);
        return cells;
    }

    private static IEnumerable<(long Requests, long Failures)> Instances(JsonNode arm) =>
        arm.Numbers("n").Zip(arm.Numbers("x"), (n, x) => ((long)n, (long)x));

    private static HitRate Next(HitRate rate, List<ZoneCells> zones) =>
        rate.Next(zones.Sum(z => z.RunningCells), zones.Sum(z => z.RunningHits), zones.Sum(z => z.RunningRequests));
}
