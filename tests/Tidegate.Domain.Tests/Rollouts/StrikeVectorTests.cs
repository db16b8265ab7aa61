using System.Text.Json.Nodes;
using Tidegate.Gates.Sequential;

namespace Tidegate.Rollouts;

/// <summary>Outages, and the strikes of slow requests (GATE-COMPARISON 1.6 and GATE-TOGETHER).</summary>
/// <remarks>
/// A whole release keeps strikes for slow requests only (rule D). Of the other rows it keeps the outage and M ≥ 100
/// with a rest ≥ 3: where the vector
/// strikes, rule D goes on. The second stage of other accusations has nothing in the product that it could be held
/// beside.
/// </remarks>
public sealed class StrikeVectorTests
{
    private static readonly RolloutOptions Options = RolloutOptions.Default;

    public static TheoryData<int> Rows =>
        [.. Decisions.Index().Where(d => d.Item.Row.Count("stage") == 1 || Slow(d.Item.Row)).Select(d => d.Index)];

    private static List<(JsonNode Row, string Says)> Decisions
    {
        get
        {
            var vector = ReleaseVectors.Vector("strikes-01-decisions");
            return [.. vector["input"]!.Rows("rows")
                .Zip(vector["expected"]!.Rows("N"), (r, n) => (r, n.GetValue<string>()))];
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Outages_and_what_no_single_instance_carries_roll_back_and_slowness_is_struck_first(int index)
    {
        var (row, says) = Decisions[index];
        if (row.Count("stage") == 2)
        {
            // Struck at M*, and back: it is a verdict at twenty times that.
            Confirmed(row.Number("MStar"), row.Number("M0")).ShouldBe(says == "rollback");
            return;
        }

        var instances = row.Flag("few") ? RolloutVerdict.Few - 1 : RolloutVerdict.Few;
        var guilty = RolloutVerdict.IsGuilty(
            Options, (row.Number("M0"), row.Number("rest"), row.Number("others")),
            Enum.Parse<EvidenceKind>(row["accused"]!.GetValue<string>(), ignoreCase: true), instances,
            (row.Number("failing"), row.Number("failures")), split: true);

        guilty.ShouldBe(says == "rollback");
        if (guilty || !Slow(row)) return;
        var strikes = new SlowStrikes(Options);
        for (var level = 0.1; level > row.Number("level") * 1.001; level /= 2) Clear(strikes);
        strikes.Begins(row.Number("M0"), EvidenceKind.Slow).ShouldBe(says == "strike");
    }

    [Fact]
    public void After_the_gap_it_comes_back_with_a_small_share()
    {
        var vector = ReleaseVectors.Vector("strikes-02-weight-after-gap");
        var gap = vector["expected"]!["gapSeconds"]!.Number("slow");
        foreach (var (row, weight) in vector["input"]!.Rows("rows").Zip(vector["expected"]!.Numbers("weight")))
        {
            // So busy that the first share is the least one.
            var track = Track(row.Number("wStar"), requestsPerSecond: 1e12);
            var strikes = new SlowStrikes(Options with { FirstShare = row.Number("wFirst") });

            strikes.Begin(12, 1000, [track], _ => true);
            strikes.Next(12, 1000 + gap - 1, [track]);
            track.Share.ShouldBe(0);
            strikes.Next(12, 1000 + gap, [track]);

            track.Share.ShouldAgree(weight, $"from {row.Number("wStar")}");
        }
    }

    [Fact]
    public void The_share_that_fails_is_of_the_newest_windows_or_of_this_one_if_it_has_enough()
    {
        var vector = ReleaseVectors.Vector("strikes-03-outage-share");
        var failing = new FailingShare(1);
        foreach (var (window, should) in vector["input"]!.Rows("windows").Zip(vector["expected"]!.Rows("windows")))
        {
            var cell = new InstanceCell("candidate", 0, window.Count("requests"), window.Count("failures"));

            failing.Add(new(5, [new RegionWindow { Candidate = [cell] }]), _ => true);

            failing.In(0).Share.ShouldAgree(should.Number("failing"), "share");
            failing.In(0).Failures.ShouldAgree(should.Number("failures"), "failures");
            failing.In(-1).ShouldBe(failing.In(0));
        }
    }

    private static bool Slow(JsonNode row) => row["accused"]!.GetValue<string>() == "slow";

    private static bool Confirmed(double struckAt, double merged)
    {
        var (strikes, track) = (new SlowStrikes(Options), Track(0.3, 40));
        strikes.Begin(struckAt, 0, [track], _ => true);
        strikes.Next(struckAt, 480, [track]).ShouldBeFalse();
        strikes.Next((20 * struckAt) - 1, 485, [track]).ShouldBeFalse();
        return strikes.Next(merged, 490, [track]);
    }

    private static void Clear(SlowStrikes strikes)
    {
        var track = Track(0.3, 40);
        strikes.Begin(12, 0, [track], _ => true);
        strikes.Next(1, 480, [track]);
        strikes.IsCleared(1, 10_000, shown: false).ShouldBeTrue();
        strikes.Clear(10_000, [track]);
    }

    private static RegionTrack Track(double share, double requestsPerSecond) =>
        new(SomeRollout.Plan(1).Regions[0]) { Share = share, Cap = 1, RequestsPerSecond = requestsPerSecond };
}
