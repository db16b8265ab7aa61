using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>Instances that die (GATE-RELEASE 3.1.1, and resolutions 17 and 18).</summary>
public sealed class RestartVectorTests
{
    public static TheoryData<string> Vectors => ReleaseVectors.About("restarts");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_past_alone_chooses_beside_what_deaths_are_held(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        var restarts = Restarts(input.Number("crashesOfLastDay"), input.Number("instanceHoursOfLastDay"));
        restarts.Usual.ShouldAgree(expected.Number("lambda0"), $"{name}, usual");
        foreach (var ((s, step), should) in input.Rows("steps").Index().Zip(expected.Rows("steps")))
        {
            var begins = input.Rows("begins").Where(b => b.Count("step") == s);
            foreach (var begin in begins) restarts.Process.Begin(begin.Number("mass"));

            var before = restarts.Process.Copy();
            var seen = restarts.Add(
                step.Number("at"), step.Number("dt"), Ints(step.Numbers("candidateCrashes")),
                Ints(step.Numbers("runningCrashes")),
                step.Number("candidateHours"), step.Number("runningHours"));

            // The same evidence, put into a copy of the process before the step.
            before.Judge(step.Number("dt"));
            if (seen) before.See(should.Numbers("lnL"));
            restarts.Process.LogValue.ShouldAgree(before.LogValue, $"{name}, step {s}");
            restarts.Process.Value.ShouldAgree(should.Number("E"), $"{name}, step {s}");
        }

        restarts.Process.ShouldEnd(expected["end"]!, name);
    }

    [Fact]
    public void A_death_counts_anew_after_five_minutes_and_for_ten_minutes_the_running_versions_deaths_are_held_beside()
    {
        var (early, late, beside) = (Restarts(0, 240), Restarts(0, 240), Restarts(0, 240));

        foreach (var (restarts, second) in new[] { (early, 295.0), (late, 300.0) })
        {
            restarts.Process.Begin(1);
            restarts.Add(0, 5, [1, 0], [0, 0], 1e-3, 1);
            restarts.Add(second, 5, [1, 0], [0, 0], 1e-3, 1);
        }

        late.Process.LogValue.ShouldBeGreaterThan(early.Process.LogValue + 1);

        // Two of the running version's on one node are counted once, and the second one still is recent.
        beside.Process.Begin(1);
        beside.Add(0, 5, [0, 0], [1, 0], 0, 1);
        beside.Add(290, 5, [0, 0], [1, 0], 0, 1);
        beside.Add(890, 5, [0, 0], [0, 0], 1, 1).ShouldBeFalse("paired, and nothing was seen");
        beside.Add(895, 5, [0, 0], [0, 0], 1, 1).ShouldBeTrue("one sample again: time without a death speaks");
    }

    private static RestartEvidence Restarts(double crashes, double hours) =>
        new(2, crashes, hours, Beginnings.Of(everyRegion: true).TailOf(EvidenceKind.Restarts));

    private static int[] Ints(double[] numbers) => [.. numbers.Select(n => (int)n)];
}
