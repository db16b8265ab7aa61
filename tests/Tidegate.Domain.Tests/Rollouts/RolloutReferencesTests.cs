using Tidegate.Testing;

namespace Tidegate.Rollouts;

/// <summary>What is measured of the running version in the hour before, and how careful it is where little was seen.</summary>
public sealed class RolloutReferencesTests
{
    private const int Hour = 720, PerMinute = 12;
    private static readonly ArtifactDigest Running = ArtifactDigest.Parse("sha256:" + new string('a', 64));
    private static readonly RolloutPlan Plan = SomeRollout.Plan(1, endpoints: 1);

    [Fact]
    public void Without_a_history_the_dispersion_is_the_careful_one_and_rates_are_as_declared()
    {
        var region = Of([]).Regions[0];

        region.Counts.ShouldBe(9);
        region.For.ShouldBe(3);
        region.RequestsPerSecond.ShouldBe(40);
        region.FailureRate.ShouldBeGreaterThan(0);
        Of([]).Covers.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void The_less_was_seen_the_nearer_the_dispersion_is_to_nine()
    {
        var (window, minute, hour) = (Counts(1), Counts(PerMinute), Counts(Hour));

        window.ShouldBeInRange(6, 9, "three failures were seen");
        minute.ShouldBeInRange(1.5, window);
        hour.ShouldBeInRange(1, minute);
        hour.ShouldBeLessThan(1.1);

        static double Counts(int windows) => Of(Instances(windows, Alike)).Regions[0].Counts;
    }

    [Fact]
    public void It_tells_how_much_of_the_hour_there_was()
    {
        Of(Instances(Hour, Alike)).Covers.ShouldBe(TimeSpan.FromHours(1));
        Of(Instances(60, Alike)).Covers.ShouldBe(TimeSpan.FromMinutes(5));
        Of(Instances(60, Alike)).Regions[0].RequestsPerSecond.ShouldBe(60, "30 requests of 10 instances in 5 s");
    }

    [Fact]
    public void An_incident_of_a_few_minutes_is_no_part_of_the_usual_rate()
    {
        var quiet = Of(Instances(Hour, Alike));
        var incident = Of(Instances(Hour, (i, t) => t is >= 300 and < 348 ? 15 : Alike(i, t)));

        quiet.FailureRate.ShouldBeInRange(0.009, 0.012);
        incident.FailureRate.ShouldBe(quiet.FailureRate, 0.003);
        incident.Regions[0].FailureRate.ShouldBe(quiet.Regions[0].FailureRate, 0.003);
    }

    [Fact]
    public void An_instance_that_fails_far_more_than_the_others_is_named_and_bends_nothing()
    {
        var sick = Of(Instances(Hour, (i, t) => i == 3 ? 6 : Alike(i, t)));

        sick.Regions[0].Sick.ShouldBe(["instance-3"]);
        sick.Regions[0].Counts.ShouldBe(Of(Instances(Hour, Alike)).Regions[0].Counts, 0.2);
        Of(Instances(Hour, Alike)).Regions[0].Sick.ShouldBeEmpty();
    }

    [Fact]
    public void When_many_fail_more_than_the_others_that_is_how_the_service_is() =>
        Of(Instances(Hour, (i, t) => i < 4 ? 6 : Alike(i, t))).Regions[0].Sick.ShouldBeEmpty();

    [Fact]
    public void The_candidates_own_past_is_no_part_of_it()
    {
        var mine = Instances(Hour, (_, _) => 30).Select(i => i with { Digest = SomeRollout.Candidate, Instance = "mine" });

        var both = Of([.. Instances(Hour, Alike), .. mine]);

        both.FailureRate.ShouldBe(Of(Instances(Hour, Alike)).FailureRate);
        both.Regions[0].Sick.ShouldBeEmpty();
    }

    /// <summary>Three of 300 requests fail in each window, each time at other instances.</summary>
    private static long Alike(int instance, int window) => ((window * 7) + instance) % 10 < 3 ? 1 : 0;

    private static InstanceHistory[] Instances(int windows, Func<int, int, long> failures) =>
        [.. Enumerable.Range(0, 10).Select(i => new InstanceHistory(
            "region-0", Running, $"instance-{i}",
            [.. Enumerable.Range(0, windows).Select(t => new HistoryWindow(30, failures(i, t), LatencyCounts.None))]))];

    private static RolloutReference Of(IReadOnlyList<InstanceHistory> instances) => RolloutReferences.Of(
        Plan,
        new(TimeSpan.FromSeconds(5), instances),
        new TrafficReading.Counted([]),
        new("production", []),
        SomeRollout.Candidate,
        Some.Noon);
}
