using System.Text.Json.Nodes;
using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>Dispersion that nobody configures, from the hour before (GATE-COMPARISON 1.4).</summary>
public sealed class DispersionVectorTests
{
    private const double PriorAgainst = 9, PriorFor = 3;

    public static TheoryData<string> Vectors => ReleaseVectors.About("dispersion");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_hour_before_tells_how_much_counts_vary(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        var hour = Hour(input);
        var events = hour.Failures.Events;

        hour.Usual.ShouldAgree(expected.Number("usual"), $"{name}, usual");
        hour.Sick.Select(i => (double)i).ToList().ShouldAgree(expected.Numbers("sick"), $"{name}, sick");
        events.ShouldAgree(expected.Number("failuresSeen"), $"{name}, seen");
        Compare(hour.Failures, expected["failures"]!, $"{name}, failures");
        Compare(hour.Hits, expected["hits"]!, $"{name}, hits");
        DispersionSums.Drawn(hour.Failures.Estimate, events, PriorAgainst)
            .ShouldAgree(expected.Number("phiT"), $"{name}, phiT");
        DispersionSums.Drawn(hour.Failures.Estimate, events, PriorFor)
            .ShouldAgree(expected.Number("phiNi"), $"{name}, phiNi");
        Math.Max(1, hour.Hits.Estimate).ShouldAgree(expected.Number("phiH"), $"{name}, phiH");
        if (expected["slow"] is not { } slow) return;
        Compare(hour.Slow[0], slow, $"{name}, slow");
        hour.Slow[0].Events.ShouldAgree(slow.Number("events"), $"{name}, slow requests");
        Math.Max(1, hour.Slow[0].Estimate).ShouldAgree(slow.Number("phiSlow"), $"{name}, phiSlow");
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void In_a_window_larger_cells_vary_more(string name)
    {
        var expected = ReleaseVectors.Vector(name)["expected"]!;
        var (window, should) = (ReleaseVectors.Vector(name)["input"]!["window"]!, expected["window"]!);

        var used = WindowDispersion.In(
            window.Number("candidateRequests"), (int)window.Count("candidateCells"), window.Number("runningRequests"),
            should.Number("cellInHour"));

        used.Theta.ShouldAgree(should.Number("theta"), name);
        var counts = used.Counts(expected.Number("phiT"));
        counts.Dispersion.ShouldAgree(should.Number("phiTUsed"), name);
        counts.MostPerWindow.ShouldBe(should.Number("capT"), name);
        used.Of(expected.Number("phiH")).ShouldAgree(should.Number("phiHUsed"), name);
        if (expected["slow"] is not { } slow) return;
        var slowness = used.Slow(slow.Number("phiSlow"));
        slowness.Dispersion.ShouldAgree(should.Number("phiSlowUsed"), name);
        slowness.MostPerWindow.ShouldBe(should.Number("capSlow"), name);
    }

    /// <summary>C1.4: one nat from 1.5 on, two from 1.2 on, whatever the dispersion of the hour before was.</summary>
    [Theory]
    [InlineData(1.15, 100, double.PositiveInfinity)]
    [InlineData(1.15, 300, 2)]
    [InlineData(1.15, 1_000, 1)]
    [InlineData(1.3, 100, 2)]
    [InlineData(1.6, 100, 1)]
    public void The_cap_of_slow_requests_goes_by_the_dispersion_used(double dispersion, double cell, double most)
    {
        var tempering = WindowDispersion.In(cell, 1, 99 * cell, 100).Slow(dispersion);

        tempering.MostPerWindow.ShouldBe(most);
    }

    private static void Compare(DispersionSums sums, JsonNode should, string where)
    {
        sums.Of(0).ShouldAgree(should.Number("phi1"), $"{where}, one window");
        sums.OneWindow.ShouldBe(sums.Of(0));
        sums.Of(1).ShouldAgree(should.Number("phi12"), $"{where}, a minute");
        sums.Of(2).ShouldAgree(should.Number("phi120"), $"{where}, ten minutes");
        sums.Estimate.ShouldAgree(should.Number("phiHat"), $"{where}, estimate");
    }

    private static HourBefore Hour(JsonNode input) => HourBefore.Of(
        Table(input, "requests"), Table(input, "failures"), input["slow"] is null ? [] : [Table(input, "slow")],
        neighbours: false);

    private static long[,] Table(JsonNode input, string name)
    {
        var rows = input.Rows(name).Select(r => r.Numbers()).ToList();
        var table = new long[rows.Count, rows[0].Length];
        for (var t = 0; t < rows.Count; t++)
        {
            for (var i = 0; i < rows[t].Length; i++) table[t, i] = (long)rows[t][i];
        }

        return table;
    }
}
