using Tidegate.Testing;

namespace Tidegate.Domain.Tests.Gates;

public sealed class HealthGateTests
{
    private static readonly ArtifactDigest New = Some.Digest("new");
    private static readonly ArtifactDigest Old = Some.Digest("old");
    private static readonly TimeSpan Bake = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_version_that_fails_more_than_the_limit_and_more_than_the_running_one_is_unhealthy()
    {
        var judgement = Judge(Some.Gate(Some.Errors), Looks(5, t => Counts(t, newRequests: 20, newErrors: 6, oldRequests: 100, oldErrors: 0)));

        judgement.Verdict.ShouldBe(Verdict.Unhealthy);
        judgement.Because.ShouldStartWith("errors: 18 of 60 (30.00");
    }

    [Fact]
    public void The_same_errors_in_both_versions_are_not_this_releases_fault()
    {
        var judgement = Judge(Some.Gate(Some.Errors), Looks(20, t => Counts(t, newRequests: 20, newErrors: 6, oldRequests: 100, oldErrors: 30)));

        judgement.Verdict.ShouldBe(Verdict.Insufficient);
        judgement.Because.ShouldContain("both versions are hit, so this release is not the cause");
    }

    [Fact]
    public void Without_a_running_version_the_limit_decides_alone()
    {
        Judge(Some.Gate(Some.Errors), Looks(8, t => Counts(t, 20, 6, 0, 0))).Verdict.ShouldBe(Verdict.Unhealthy);
        Judge(Some.Gate(Some.Errors), Looks(8, t => Counts(t, 20, 0, 0, 0))).Verdict.ShouldBe(Verdict.Healthy);
    }

    [Fact]
    public void One_failed_request_among_many_is_no_evidence()
    {
        Judge(Some.Gate(Some.Errors), Looks(8, t => Counts(t, 20, t == 3 ? 1 : 0, 100, 0, cumulative: false))).Verdict.ShouldBe(Verdict.Healthy);
    }

    [Fact]
    public void A_suspicion_that_is_not_yet_certain_prolongs_the_bake()
    {
        var judgement = Judge(Some.Gate(Some.Errors), Looks(8, t => Counts(t, 2, t is 3 or 5 ? 1 : 0, 100, 0, cumulative: false)));

        judgement.Verdict.ShouldBe(Verdict.Insufficient);
        judgement.Because.ShouldContain("suspicious, and not yet certain");
    }

    [Fact]
    public void One_endpoint_of_many_is_enough()
    {
        var judgement = Judge(Some.Gate(Some.Errors), Looks(10, t => new TrafficReading.Counted(
        [
            new("eu", New, new Dictionary<string, EndpointCounters> { ["GET /a"] = new(900 * t, 0, Slow(0)), ["GET /b"] = new(20 * t, 4 * t, Slow(0)) }),
            new("eu", Old, new Dictionary<string, EndpointCounters> { ["GET /a"] = new(900 * t, 0, Slow(0)), ["GET /b"] = new(20 * t, 0, Slow(0)) }),
        ])));

        judgement.Verdict.ShouldBe(Verdict.Unhealthy);
        judgement.Because.ShouldStartWith("errors, GET /b:");
    }

    [Fact]
    public void Slow_requests_are_judged_as_failed_ones_are()
    {
        var judgement = Judge(Some.Gate(Some.Latency), Looks(8, t => new TrafficReading.Counted(
            [new("eu", New, new Dictionary<string, EndpointCounters> { ["GET /a"] = new(30 * t, 0, Slow(12 * t)) })])));

        judgement.Verdict.ShouldBe(Verdict.Unhealthy);
        judgement.Because.ShouldContain("slower than 250 ms");
    }

    [Fact]
    public void Until_every_floor_is_met_there_is_no_health()
    {
        var gate = Some.Gate(Some.Errors) with { Floors = new Dictionary<string, int> { ["GET /a"] = 100, ["POST /a"] = 1 } };

        var judgement = Judge(gate, Looks(8, t => Counts(t, 20, 0, 100, 0)));

        judgement.Verdict.ShouldBe(Verdict.Insufficient);
        judgement.Missing.ShouldBe(["POST /a: 0 of 1 requests"]);
    }

    [Fact]
    public void A_floor_asks_for_requests_of_the_regions_that_the_step_is_about()
    {
        var gate = Some.Gate(Some.Errors) with { Floors = new Dictionary<string, int> { ["GET /a"] = 100 } };
        var window = Enumerable.Range(0, 9).Aggregate(
            GateWindow.Open(New, ["us"]),
            (w, t) =>
                w.Add(gate,
                    new(TimeSpan.FromSeconds(1), new TrafficReading.Counted([In("eu", 100 * t), In("us", t)]),
                        new Dictionary<string, SignalReading>(), null)));

        var judgement = HealthGate.Judge(gate, window, Bake);

        judgement.Verdict.ShouldBe(Verdict.Insufficient, "800 requests of an earlier wave are none of this one");
        judgement.Missing.ShouldBe(["GET /a: 8 of 100 requests"]);

        static VersionTraffic In(string region, int requests) =>
            new(region, New, new Dictionary<string, EndpointCounters> { ["GET /a"] = new(requests, 0, Slow(0)) });
    }

    [Theory]
    [InlineData(NoDataPolicy.Hold, Verdict.Insufficient)]
    [InlineData(NoDataPolicy.Fail, Verdict.Unhealthy)]
    public void No_request_is_no_health_where_no_floor_asks_for_any_and_what_it_is_the_signal_says(NoDataPolicy noData,
        Verdict verdict)
    {
        var gate = Some.Gate(Some.Signal("errors", Some.Errors.Rule, noData: noData));

        Judge(gate, Looks(3, _ => new TrafficReading.Counted([])))
            .Verdict.ShouldBe(Verdict.Insufficient, "the first users may still come");
        Judge(gate, Looks(8, _ => new TrafficReading.Counted([]))).Verdict.ShouldBe(verdict);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_no_value_and_never_health(double value)
    {
        var judgement = Judge(Some.Gate(Some.Memory), Looks(20, _ => Nothing, _ => new SignalReading.Measured(value, null)));

        judgement.Verdict.ShouldBe(Verdict.Insufficient);
    }

    [Fact]
    public void Memory_that_grows_beyond_the_limit_is_unhealthy_and_growth_of_both_versions_is_not()
    {
        Judge(Some.Gate(Some.Memory), Looks(8, _ => Nothing, t => new SignalReading.Measured(80 + (20 * t), 80))).Verdict.ShouldBe(Verdict.Unhealthy);
        Judge(Some.Gate(Some.Memory), Looks(8, _ => Nothing, t => new SignalReading.Measured(80 + (20 * t), 70 + (20 * t)))).Verdict.ShouldBe(Verdict.Healthy);
    }

    [Fact]
    public void No_answer_is_an_error_no_value_holds_and_a_bad_value_is_unhealthy()
    {
        Judge(Some.Gate(Some.Smoke), Looks(8, _ => Nothing, _ => new SignalReading.SourceFailed("refused"))).Verdict.ShouldBe(Verdict.Error);
        Judge(Some.Gate(Some.Smoke), Looks(8, _ => Nothing, _ => new SignalReading.NoData("no instance"))).Verdict.ShouldBe(Verdict.Insufficient);
        Judge(Some.Gate(Some.Smoke), Looks(8, _ => Nothing, _ => new SignalReading.Failed("503"))).Verdict.ShouldBe(Verdict.Unhealthy);
    }

    [Fact]
    public void A_signal_whose_silence_is_declared_as_failure_fails_in_silence()
    {
        var gate = Some.Gate(Some.Signal("smoke", Some.Smoke.Rule, noData: NoDataPolicy.Fail));

        Judge(gate, Looks(8, _ => Nothing, _ => new SignalReading.NoData("no instance"))).Verdict.ShouldBe(Verdict.Unhealthy);
    }

    [Fact]
    public void A_shadow_is_reported_and_never_decides()
    {
        var gate = Some.Gate(Some.Errors, Some.Signal("smoke", Some.Smoke.Rule, SignalRole.Shadow));

        var judgement = Judge(gate, Looks(8, t => Counts(t, 20, 0, 100, 0), _ => new SignalReading.Failed("503")));

        judgement.Verdict.ShouldBe(Verdict.Healthy);
        judgement.Evidence.Single(e => e.Signal == "smoke").Says.ShouldBe(Verdict.Unhealthy);
    }

    [Fact]
    public void A_normal_signal_bears_two_bad_readings_in_a_bake_and_not_three()
    {
        var gate = Some.Gate(Some.Signal("smoke", Some.Smoke.Rule, SignalRole.Normal));

        Judge(gate, Looks(8, _ => Nothing, t => t is 2 or 4 ? new SignalReading.Failed("503") : new SignalReading.Passed())).Verdict.ShouldBe(Verdict.Healthy);
        Judge(gate, Looks(8, _ => Nothing, t => t is 2 or 4 or 5 ? new SignalReading.Failed("503") : new SignalReading.Passed())).Verdict.ShouldBe(Verdict.Unhealthy);
    }

    [Fact]
    public void Time_in_which_something_could_not_be_read_does_not_count_as_baked()
    {
        var window = Looks(8, _ => Nothing, t => t % 2 == 0 ? new SignalReading.SourceFailed("refused") : new SignalReading.Passed());

        Fold(Some.Gate(Some.Smoke), window).Judged.ShouldBe(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void Counts_of_an_incident_and_of_the_interval_before_it_was_noticed_are_not_held_against_the_release()
    {
        var gate = Some.Gate(Some.Errors);
        var looks = Looks(12, t => Counts(t, 30, t is 5 or 6 or 7 ? 30 : 0, 0, 0, cumulative: false))
            .Select((look, i) => i + 1 is 6 or 7 or 8 ? look with { Incident = "the shared dependency catalog is down in eu" } : look)
            .ToList();

        Judge(gate, looks).Verdict.ShouldBe(Verdict.Healthy);
        Fold(gate, looks).Arms.Candidate[TrafficArms.Whole].Errors.ShouldBe(0);
    }

    [Fact]
    public void While_an_incident_is_on_nothing_is_healthy_and_nothing_is_blamed()
    {
        var looks = Looks(12, t => Counts(t, 30, 30, 0, 0)).Select(look => look with { Incident = "the shared dependency catalog is down in eu" });

        var judgement = Judge(Some.Gate(Some.Errors), looks);

        judgement.Verdict.ShouldBe(Verdict.Insufficient);
        judgement.Because.ShouldStartWith("not caused by this release: the shared dependency catalog is down in eu");
    }

    [Fact]
    public void A_counter_that_went_down_was_restarted_and_loses_nothing()
    {
        var looks = Looks(6, t => Counts(t <= 3 ? t : t - 3, 20, 0, 0, 0));

        Fold(Some.Gate(Some.Errors), looks).Arms.Requests("GET /a").ShouldBe(20 + 20 + 20 + 20 + 20);
    }

    [Fact]
    public void Every_signal_must_be_good_at_the_same_look_for_as_long_as_is_asked()
    {
        var gate = Some.Gate(Some.Signal("smoke", Some.Smoke.Rule, SignalRole.Normal)) with { SteadySamples = 3 };

        var judgement = Judge(gate, Looks(8, _ => Nothing, t => t is 6 ? new SignalReading.Failed("503") : new SignalReading.Passed()));

        judgement.Verdict.ShouldBe(Verdict.Insufficient);
        judgement.Missing.ShouldBe(["steady: 2 of 3 samples in a row with every signal good"]);
    }

    [Fact]
    public void While_what_was_placed_does_not_stand_no_time_is_baked_and_nothing_is_healthy()
    {
        var looks = Looks(9, _ => Nothing, _ => new SignalReading.Passed()).Select((look, i) => i is 0 or 8 ? look with { Drift = "eu: 2×a is wanted, nothing is there" } : look).ToList();

        Fold(Some.Gate(Some.Smoke), looks).Judged.ShouldBe(TimeSpan.FromSeconds(7));
        HealthGate.Judge(Some.Gate(Some.Smoke), Fold(Some.Gate(Some.Smoke), looks), TimeSpan.FromSeconds(7)).Missing.ShouldBe(["not as it was placed: eu: 2×a is wanted, nothing is there"]);
        HealthGate.Judge(Some.Gate(Some.Smoke), Fold(Some.Gate(Some.Smoke), looks.Take(8)), TimeSpan.FromSeconds(7)).Verdict.ShouldBe(Verdict.Healthy);
    }

    private static TrafficReading Nothing { get; } = new TrafficReading.Counted([]);

    private static LatencyCounts Slow(long slow) => new([100, 250, 1000], [slow, slow, 0]);

    private static TrafficReading Counts(int t, long newRequests, long newErrors, long oldRequests, long oldErrors, bool cumulative = true) => new TrafficReading.Counted(
    [
        new("eu", New, new Dictionary<string, EndpointCounters> { ["GET /a"] = new(newRequests * t, cumulative ? newErrors * t : CountedUpTo(t, newErrors), Slow(0)) }),
        new("eu", Old, new Dictionary<string, EndpointCounters> { ["GET /a"] = new(oldRequests * t, oldErrors * t, Slow(0)) }),
    ]);

    private static long _soFar;

    private static long CountedUpTo(int t, long errors) => _soFar = t == 1 ? errors : _soFar + errors;

    private static List<GateSample> Looks(int count, Func<int, TrafficReading> traffic, Func<int, SignalReading>? reading = null) =>
        [.. Enumerable.Range(1, count).Select(t => new GateSample(
            TimeSpan.FromSeconds(1),
            traffic(t),
            reading is null ? new Dictionary<string, SignalReading>() : new[] { "smoke", "memory" }.ToDictionary(n => n, _ => reading(t)),
            null))];

    private static GateWindow Fold(GateDefinition gate, IEnumerable<GateSample> looks) =>
        looks.Aggregate(GateWindow.Open(New), (window, look) => window.Add(gate, look));

    private static Judgement Judge(GateDefinition gate, IEnumerable<GateSample> looks) => HealthGate.Judge(gate, Fold(gate, looks), Bake);
}
