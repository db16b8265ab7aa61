using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>Counts of both versions, zone by zone, and endpoints (GATE-COMPARISON 1.3).</summary>
public sealed class CountVectorTests
{
    public static TheoryData<string> Counts => ReleaseVectors.About("counts");

    public static TheoryData<string> Endpoints => ReleaseVectors.About("endpoint");

    [Theory]
    [MemberData(nameof(Counts))]
    public void Zones_are_strata_and_a_cap_comes_after_their_sum(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        var question = input.Question();
        var tempering = new Tempering(input.Number("phi"), input["cap"]?.GetValue<double>() ?? double.PositiveInfinity);
        var zones = input.Rows("zones").ToList();
        var (cells, logs) = (new FailureCells(zones.Count), new double[question.Alternatives.Length]);
        foreach (var (z, zone) in zones.Index())
        {
            cells.AddCandidate(z, zone.Count("n"), zone.Count("a"));
            cells.AddRunning(z, zone.Count("m"), zone.Count("b"));
        }

        cells.Counts(question, tempering, input.Number("lift"), logs);

        logs.ShouldAgree(expected.Numbers("lnL"), name);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void An_endpoints_failures_after_the_first_are_softened_and_the_running_versions_are_not(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        var failures = PairedStream.Softened(input.Number("a"), input.Number("phiT"));
        failures.ShouldAgree(expected.Number("a"), name);
        var should = expected.Numbers("lnL");
        var stream = new PairedStream(
            EvidenceKind.Endpoints, name, input.Question(), 1, FailureCells.RequestsToClose, 1, 1,
            Beginnings.Of(everyRegion: true));
        stream.Service.Begin(1);
        stream.Regions[0].Begin(1);

        stream.Add(0, 0, input.Number("n"), input.Number("m"), failures, input.Number("b"));
        stream.Close(0, new(input.Number("phiH"), double.PositiveInfinity), 1).ShouldBeTrue();
        stream.Merge().ShouldBeTrue();

        // All capital has begun in equal parts: R is the likelihood ratio itself, over how many there are.
        foreach (var process in new[] { stream.Service, stream.Regions[0] })
        {
            process.Begun.ToArray().Select(r => r + Math.Log(should.Length)).ToList().ShouldAgree(should, name);
        }
    }
}
