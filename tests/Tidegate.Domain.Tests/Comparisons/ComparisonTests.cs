using System.Text.Json;
using Tidegate.Testing;

namespace Tidegate.Domain.Tests.Comparisons;

public sealed class ComparisonTests
{
    [Fact]
    public void A_window_is_what_came_since_the_look_before_in_the_steps_regions_only()
    {
        var before = Seen.Counts(Seen.Version(Seen.New, 10, 1), Seen.Version(Seen.Old, 100, 0), Seen.Version(Seen.Old, 7, 7, region: "south"));
        var now = Seen.Counts(Seen.Version(Seen.New, 15, 3), Seen.Version(Seen.Old, 160, 1), Seen.Version(Seen.Old, 90, 90, region: "south"));

        var window = ComparisonCounts.Between(before, now, Seen.New, Seen.North, Seen.Reference, TrafficShare.Percent(10));

        window.Missing.ShouldBeNull();
        window.Requests.ShouldBe(new PairedCounts(5, 60, 2, 1));
        window.Endpoint(0).ShouldBe(window.Requests);
    }

    [Fact]
    public void A_region_whose_edge_tells_nothing_makes_a_window_that_is_no_evidence()
    {
        var both = Seen.Counts(Seen.Version(Seen.New, 10, 1), Seen.Version(Seen.Old, 100, 0));

        var window = ComparisonCounts.Between(both, Seen.Counts(), Seen.New, Seen.North, Seen.Reference, TrafficShare.Percent(10));

        window.Missing.ShouldBe("the edge of north tells nothing");
        var comparison = Comparison.Begin(Seen.Plan(), Seen.Reference);
        comparison.Add(window).State.ShouldBe(comparison.State);
        comparison.Add(window).UnreadInRow.ShouldBe(1);
    }

    [Fact]
    public void The_reference_is_the_running_versions_rates_and_quantiles_and_not_the_candidates()
    {
        var reference = ComparisonReference.Of(Seen.Counts(Seen.Version(Seen.Old, 9_000, 9, 50), Seen.Version(Seen.New, 9_000, 9_000, 9_000)), Seen.New, Seen.North, 1, 2);

        reference.FailureRate.ShouldBe(10 / 10_000.0);
        reference.Requests.ShouldBe(9_000);
        reference.At99.ShouldBe(new LatencyEdges(100, 150, 150));
        reference.At50.Edge.ShouldBe(10);
        reference.Endpoints.ShouldBe(["GET /products"]);
    }

    [Fact]
    public void A_version_that_has_answered_nothing_has_no_usual_latency()
    {
        ComparisonReference.Of(Seen.Counts(Seen.Version(Seen.Old, 0, 0)), Seen.New, Seen.North, 1, 3).At50.Edge.ShouldBe(150);
        ComparisonReference.Of(Seen.Counts(), Seen.New, Seen.North, 1, 3).At99.Edge.ShouldBe(double.MaxValue);
    }

    [Fact]
    public void Counts_at_different_shares_are_never_added_up()
    {
        var comparison = Comparison.Begin(Seen.Plan(), Seen.Reference).Add(Seen.Window(30, 3)).Add(Seen.Window(30, 1));
        comparison.Seen.ShouldBe(new PairedCounts(60, 140, 4, 0));

        comparison.Add(Seen.Window(30, 0, share: 1_000)).Seen.ShouldBe(new PairedCounts(30, 70, 0, 0));
    }

    [Fact]
    public void Failures_of_the_candidate_alone_are_a_verdict_with_the_effect_and_its_interval()
    {
        var comparison = Enumerable.Range(0, 20).Aggregate(Comparison.Begin(Seen.Plan(), Seen.Reference), (c, _) => c.Add(Seen.Window(30, 6)));

        var judgement = ComparisonJudge.Join(Good, comparison, 4);

        judgement.Verdict.ShouldBe(Verdict.Unhealthy);
        judgement.Because.ShouldContain("fail");
        judgement.Evidence.Single(e => e.Signal == "failures beside the running version").Words.ShouldMatch(@"^\d+ of \d+ \(20\.00 %\) failed; the running version 0 of \d+ \(0\.00 %\); [\d.]+ to over 1000 times the running version's$");
    }

    [Fact]
    public void Failures_that_hit_both_alike_are_no_verdict_and_freeze_the_ramp()
    {
        var comparison = Enumerable.Range(0, 20).Aggregate(Comparison.Begin(Seen.Plan(), Seen.Reference), (c, _) => c.Add(Seen.Window(30, 6, 14)));

        ComparisonJudge.Join(Good, comparison, 4).Verdict.ShouldBe(Verdict.Insufficient);
        ComparisonEvidence.Missing(comparison)[0].ShouldContain("this release is not the cause");
        comparison.Wanted.ShouldBe(Seen.Plan().First);
    }

    [Fact]
    public void An_incident_that_somebody_else_saw_freezes_the_ramp_and_the_comparison_goes_on()
    {
        var begun = Comparison.Begin(Seen.Plan(), Seen.Reference);

        var frozen = Enumerable.Range(0, 12).Aggregate(begun, (c, _) => c.Add(Seen.Window(30, 0) with { Incident = "the catalog is down" }));
        frozen.Wanted.ShouldBe(begun.Wanted);
        frozen.State.For.Candidate.Exposures.ShouldBe(0);

        Enumerable.Range(0, 12).Aggregate(begun, (c, _) => c.Add(Seen.Window(30, 9) with { Incident = "the catalog is down" })).State.Phase.ShouldBe(GatePhase.RolledBack);
    }

    [Fact]
    public void The_smallest_fault_that_would_have_been_seen_becomes_smaller_with_every_window()
    {
        var comparison = Comparison.Begin(Seen.Plan(), Seen.Reference);
        ComparisonEvidence.SmallestVisible(comparison).ShouldBe(double.PositiveInfinity);

        var seen = Enumerable.Range(0, 30).Select(_ => (comparison = comparison.Add(Seen.Window(300, 0))).Seen.Candidate > 0 ? ComparisonEvidence.SmallestVisible(comparison) : 0).ToList();

        seen.ShouldBe(seen.OrderDescending());
        seen[^1].ShouldBeInRange(Seen.Plan().Options.Tolerance, 20);
    }

    [Fact]
    public void A_looks_in_a_row_without_counts_that_are_more_than_borne_are_an_error_and_never_healthy()
    {
        var comparison = Enumerable.Range(0, 5).Aggregate(Comparison.Begin(Seen.Plan(), Seen.Reference), (c, _) => c.Add(ComparisonWindow.Unread(TrafficShare.Percent(5), "refused")));

        ComparisonJudge.Join(Good, comparison, 5).Verdict.ShouldBe(Verdict.Insufficient);
        var error = ComparisonJudge.Join(Good, comparison, 4);
        error.Verdict.ShouldBe(Verdict.Error);
        ComparisonJudge.Move(comparison, error, TrafficShare.None).ShouldBeNull("nothing is ramped up while it cannot be measured");
    }

    [Theory]
    [InlineData(Verdict.Unhealthy)]
    [InlineData(Verdict.Error)]
    [InlineData(Verdict.Insufficient)]
    public void What_another_signal_says_is_never_overruled_by_the_comparison(Verdict verdict)
    {
        var cleared = Comparison.Begin(Seen.Plan() with { Watching = true }, Seen.Reference) is var begun ? begun with { State = begun.State with { Phase = GatePhase.Released } } : begun;

        ComparisonJudge.Join(Good, cleared, 4).Verdict.ShouldBe(Verdict.Healthy);
        ComparisonJudge.Join(new(verdict, [new("smoke", verdict, "no")], verdict == Verdict.Insufficient ? ["smoke: no"] : []), cleared, 4).Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void What_was_held_goes_on_with_all_that_speaks_against_it()
    {
        var bad = Enumerable.Range(0, 4).Aggregate(Comparison.Begin(Seen.Plan(), Seen.Reference), (c, _) => c.Add(Seen.Window(30, 1)));
        var held = bad with { State = bad.State with { Phase = GatePhase.Held } };

        var reopened = held.Reopen();

        reopened.State.Phase.ShouldBe(GatePhase.Ramp);
        reopened.Accusation.ShouldBe(held.Accusation);
        reopened.State.Judged.ShouldBe(TimeSpan.Zero);
        reopened.State.For.ShouldBe(Comparison.Begin(Seen.Plan(), Seen.Reference).State.For with { EndpointRequests = reopened.State.For.EndpointRequests });
    }

    [Fact]
    public void A_recorded_comparison_is_judged_again_and_comes_to_the_same()
    {
        var windows = Enumerable.Range(0, 40).Select(i => Seen.Window(30, i % 5 == 0 ? 3 : 0)).ToList();
        var record = new ComparisonRecord(0, Seen.Reference, windows, null, null);

        var own = ComparisonReplay.Of(record, Seen.Plan());
        var deaf = ComparisonReplay.Of(record, Seen.Plan(Seen.Plan().Options with { Alpha = 1e-40 }) with { Name = "deaf" });

        own.Verdict.ShouldBe(Verdict.Unhealthy);
        own.Windows.ShouldBeLessThan(40);
        record.Judge(Seen.Plan()).State.Phase.ShouldBe(GatePhase.RolledBack);
        deaf.Verdict.ShouldBe(Verdict.Insufficient);
        deaf.Failed.ShouldBe(24);
    }

    [Fact]
    public void A_window_is_recorded_in_few_bytes_and_read_back_as_it_was()
    {
        var window = Seen.Window(123_456, 789) with { Memory = 1.5, Incident = "down" };
        var record = LedgerRecord.Next("windows-1-production", 1, LedgerRecord.Genesis, Some.Noon, new LedgerFact.ComparisonSaw(window));

        record.Payload.Length.ShouldBeLessThan(300);
        var read = record.Fact().ShouldBeOfType<LedgerFact.ComparisonSaw>().Window;
        JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(window));
        read.Reading(Seen.Reference).Requests.ShouldBe(window.Requests);
    }

    [Fact]
    public void A_recorded_window_of_another_reference_is_refused()
    {
        var window = Seen.Window(10, 0) with { Endpoints = [] };

        Should.Throw<InvalidDataException>(() => window.Reading(Seen.Reference));
    }

    [Fact]
    public void Nothing_overflows_at_a_billion_requests_in_a_window()
    {
        var comparison = Enumerable.Range(0, 100).Aggregate(Comparison.Begin(Seen.Plan(), Seen.Reference), (c, _) => c.Add(Seen.Window(1_000_000_000, 900_000_000)));

        comparison.State.Phase.ShouldBe(GatePhase.RolledBack);
        double.IsNaN(comparison.Accusation.Nats).ShouldBeFalse();
        ComparisonEvidence.Of(comparison).ShouldNotBeEmpty();
    }

    private static readonly Judgement Good = new(Verdict.Healthy, [new("live", Verdict.Healthy, "passed 3 times")], []);
}
