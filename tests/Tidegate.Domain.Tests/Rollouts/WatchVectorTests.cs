using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>Regions under all of their requests (GATE-RELEASE 3.1.6).</summary>
public sealed class WatchVectorTests
{
    public static TheoryData<string> Pages => ReleaseVectors.About("page");

    public static TheoryData<string> Drifts => ReleaseVectors.About("drift");

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_rise_is_noticed_window_by_window(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        var rises = input.Numbers("rises");
        var rise = new RateRise(input.Number("guard"), rises[0], rises[1], rises[2],
            input["cap"]?.GetValue<double>() ?? double.PositiveInfinity);
        (rise == RateRise.OfErrors || rise == RateRise.OfIncident).ShouldBeTrue("it is one that the product looks for");
        var threshold = rise == RateRise.OfErrors ? RolloutWatch.Suspicion : input.Number("threshold");
        var sum = default(Cusum);
        foreach (var ((t, window), should) in input.Rows("windows").Index().Zip(expected.Rows("windows")))
        {
            sum = sum.Add(rise, new(window.Count("e"), window.Count("n")), input.Number("reference"),
                input.Number("phi"));

            new[] { sum.First, sum.Second, sum.Third }.ShouldAgree(should.Numbers("sums"), $"{name}, window {t}");
            sum.LogValue.ShouldAgree(should.Number("log"), $"{name}, window {t}");
            (sum.LogValue >= threshold).ShouldBe(should.Flag("rise"), $"{name}, window {t}");
        }
    }

    [Theory]
    [MemberData(nameof(Drifts))]
    public void The_reference_follows_slowly_and_a_probe_moves_it_at_most_threefold(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        var first = input.Number("first");
        var (reference, seen) = (new WatchReference(first, first), new List<double>());
        foreach (var row in input.Rows("rows"))
        {
            var count = new EventCount(row.Count("e"), row.Count("n"));
            reference = row["kind"]!.GetValue<string>() == "probeEnd" ? reference.AfterProbe(count)
                : reference.Drifted(count);
            seen.Add(reference.Now);
        }

        seen.ShouldAgree(expected.Numbers("reference"), name);
    }

    [Fact]
    public void A_shelter_keeps_a_small_control()
    {
        var vector = ReleaseVectors.Vector("shelter-01-share");

        vector["input"]!.Numbers("requestsPerSecond").Select(RolloutWatch.ShelterShare).ToList()
            .ShouldAgree(vector["expected"]!.Numbers("share"), "shelter");
    }

    [Fact]
    public void Calm_is_what_is_usual_and_a_little()
    {
        var vector = ReleaseVectors.Vector("calm-01");

        var calm = vector["input"]!.Rows("rows").Select(row =>
        {
            var recent = new RecentCount(1);
            recent.Add(new(row.Count("e"), row.Count("n")));
            return recent.IsCalm(row.Number("reference"), row.Number("phi"));
        });

        calm.ShouldBe(vector["expected"]!["calm"]!.AsArray().Select(c => c!.GetValue<bool>()));
    }
}
