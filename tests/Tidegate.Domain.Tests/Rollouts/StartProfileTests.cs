using System.Text.Json.Nodes;
using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>What the starts of earlier releases excuse (GATE-COMPARISON 1.7, and resolutions 42 to 44).</summary>
public sealed class StartProfileTests
{
    public static TheoryData<string> Records =>
        [.. ReleaseVectors.All.Select(ReleaseVectors.Name)
            .Where(n => ReleaseVectors.About(n, "profile") && n != "profile-04-least-of-three")];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_start_excuses_what_is_beyond_chance(string name)
    {
        var (input, expected) = (ReleaseVectors.Vector(name)["input"]!, ReleaseVectors.Vector(name)["expected"]!);
        StartAges.Minutes.ShouldBe(input.Numbers("minutes"));
        var bins = Bins(input);

        var profile = StartProfile.Of(new(bins, bins, bins, bins));

        IReadOnlyList<double>[] all = [profile.Failures, profile.Slow99, profile.Slow90, profile.Slow50];
        foreach (var lifts in all) lifts.ShouldAgree(expected.Numbers("lift"), name);
        profile.Failures.Select(l => StartLift.None with { Failures = l }).Select(l => l.Hard).ToList()
            .ShouldAgree(expected.Numbers("hardLift"), name);
    }

    [Fact]
    public void The_least_of_the_newest_three_counts_bin_by_bin()
    {
        var vector = ReleaseVectors.Vector("profile-04-least-of-three");
        var nothing = Enumerable.Repeat(1.0, StartAges.Count).ToArray();
        var profiles = vector["input"]!.Rows("lifts").Select(l => Of(l.Numbers())).ToList();

        StartProfile.Least([Of(nothing), .. profiles])!.Slow99.ShouldAgree(vector["expected"]!.Numbers("lift"),
            "the fourth is forgotten");
        StartProfile.Least([.. profiles, Of(nothing)])!.Failures.ShouldAgree(nothing, "one start that was warm");
        StartProfile.Least([]).ShouldBeNull();

        static StartProfile Of(double[] lifts) => new(lifts, lifts, lifts, lifts);
    }

    [Fact]
    public void Windows_are_recorded_by_the_age_of_the_youngest_instance_and_looked_up_one_bin_earlier()
    {
        var window = new RegionWindow
        {
            Candidate = [new("c", 0, 100, 7), new("d", 0, 50, 1)],
            Running = [new("b", 0, 1_000, 3)],
            Slow = [[5, 4, 6, 10], [15, 14, 16, 100], [75, 74, 76, 500]],
        };

        var record = StartRecord.Empty.Add(TimeSpan.FromMinutes(4), window).Add(TimeSpan.FromMinutes(4), window)
            .Add(TimeSpan.FromMinutes(60), window);
        record = record.Add(TimeSpan.FromMinutes(4), window with { Candidate = [] });

        record.Failures.Index().Where(b => b.Item.Requests > 0).ShouldBe([(3, new PairedCounts(300, 2_000, 16, 6))]);
        record.Slow99[3].ShouldBe(new(300, 2_000, 10, 20));
        record.Slow50[3].ShouldBe(new(300, 2_000, 150, 1_000));
        double[] lifts = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1.5];
        var profile = new StartProfile(lifts, lifts, lifts, lifts);
        profile.At(TimeSpan.Zero).Failures.ShouldBe(10);
        profile.At(TimeSpan.FromSeconds(90)).Failures.ShouldBe(10);
        profile.At(TimeSpan.FromMinutes(4)).Slow90.ShouldBe(8);
        profile.At(TimeSpan.FromMinutes(59.9)).Slow50.ShouldBe(2);
        profile.At(TimeSpan.FromMinutes(60)).ShouldBe(StartLift.None);
    }

    private static List<PairedCounts> Bins(JsonNode input) =>
        [.. input.Rows("bins").Select(b => new PairedCounts(b.Count("n"), b.Count("m"), b.Count("a"), b.Count("b")))];
}
