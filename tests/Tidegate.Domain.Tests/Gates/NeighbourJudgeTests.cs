using Tidegate.Testing;

namespace Tidegate.Domain.Tests.Gates;

/// <summary>Whose fault it is: REQUIREMENTS N10, FAULTS.md A3, A22.</summary>
public sealed class NeighbourJudgeTests
{
    private const int Long = 40;
    private static readonly ArtifactDigest New = Some.Digest("new");
    private static readonly ArtifactDigest Old = Some.Digest("old");
    private static readonly TimeSpan Bake = TimeSpan.FromSeconds(5);
    private static readonly HealthSignal Calls = Some.Calls;
    private static readonly HealthSignal Callers = Some.Signal("callers", Some.Metric(new(null, new Uri("http://127.0.0.1/metrics"), "version"))) with { Scope = SignalScope.Upstream, Neighbour = "shop" };
    private static readonly HealthSignal Untold = Callers with { Rule = Some.Metric(new(null, new Uri("http://127.0.0.1/metrics"), null)) };
    private static readonly HealthSignal Health = Some.Signal("catalog-health", new SignalRule.Health(null)) with { Scope = SignalScope.Downstream, Neighbour = "catalog" };

    /// <summary>In each look so many calls of each arm, of which so many fail.</summary>
    public static TheoryData<string, Look, Verdict, string> Cases => new()
    {
        { "all is well", new(20, 0, 80, 0), Verdict.Healthy, "every signal is healthy" },
        { "the new version's own calls fail", new(20, 10, 80, 0), Verdict.Unhealthy, "calls, region eu: " },
        { "all of the new version's calls fail", new(20, 20, 80, 0), Verdict.Unhealthy, "the running version 0 of" },
        { "the callee fails for both alike", new(20, 10, 80, 40), Verdict.Insufficient, "not caused by this release: the callee catalog fails the running version too" },
        { "the callee is down for both", new(20, 20, 80, 80), Verdict.Insufficient, "not caused by this release: the callee catalog" },
        { "a callee that both find bad is plainly worse for the new version", new(20, 18, 80, 8), Verdict.Unhealthy, "calls, region eu: " },
        { "only the running version's calls fail, and the release mends it", new(20, 0, 80, 40), Verdict.Healthy, "every signal is healthy" },
        { "nothing to compare with, and nothing fails", new(20, 0, 0, 0), Verdict.Healthy, "every signal is healthy" },
        { "nothing to compare with, and calls fail", new(20, 10, 0, 0), Verdict.Insufficient, "whose fault it is cannot be told, so this holds and does not roll back" },
        { "no calls at all", new(0, 0, 80, 0), Verdict.Insufficient, "0 of at least 10 counted in calls_total" },
        { "within the limit, though the running version does better", new(20, 0, 80, 0) { Every = 20, Sometimes = 1 }, Verdict.Healthy, "every signal is healthy" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Only_what_the_new_versions_own_edges_show_beside_the_running_ones_rolls_back(string because, Look look, Verdict verdict, string words)
    {
        var judgement = Judge(Some.Gate(Calls), Counted("calls", look));

        judgement.Verdict.ShouldBe(verdict, because);
        judgement.Because.ShouldContain(words);
    }

    [Fact]
    public void The_same_holds_for_callers_by_the_version_that_answered_them()
    {
        Judge(Some.Gate(Callers), Counted("callers", new(20, 10, 80, 0), region: "")).Verdict.ShouldBe(Verdict.Unhealthy);
        Judge(Some.Gate(Callers), Counted("callers", new(20, 10, 80, 40), region: "")).Verdict.ShouldBe(Verdict.Insufficient);
    }

    [Fact]
    public void A_caller_that_cannot_tell_versions_apart_holds_and_never_rolls_back()
    {
        var bad = Looks(Long, t => ("callers", new SignalReading.Counted([new("shop", "", null, new EventCount(10 * t, 20 * t))])));
        var good = Looks(Long, t => ("callers", new SignalReading.Counted([new("shop", "", null, new EventCount(0, 20 * t))])));

        Judge(Some.Gate(Untold), bad).Verdict.ShouldBe(Verdict.Insufficient);
        Judge(Some.Gate(Untold), bad).Because.ShouldStartWith("not caused by this release: the caller shop fails whoever it is");
        Judge(Some.Gate(Untold), good).Verdict.ShouldBe(Verdict.Healthy);
    }

    [Fact]
    public void A_callee_that_is_down_in_one_region_is_compared_in_that_region_alone()
    {
        var looks = Looks(Long, t => ("calls", new SignalReading.Counted(
        [
            new("new-1", "eu", New, new EventCount(20 * t, 20 * t)),
            new("old-1", "eu", Old, new EventCount(20 * t, 20 * t)),
            new("old-2", "us", Old, new EventCount(0, 900 * t)),
        ])));

        Judge(Some.Gate(Calls), looks).Verdict.ShouldBe(Verdict.Insufficient);
    }

    [Fact]
    public void Without_a_running_version_the_limit_decides_when_the_callee_itself_is_well_and_only_then()
    {
        var gate = Some.Gate(Calls, Health);
        var calls = Counted("calls", new(20, 10, 0, 0));

        Judge(gate, With(calls, "catalog-health", _ => new SignalReading.Passed())).Verdict.ShouldBe(Verdict.Unhealthy);
        Judge(gate, With(calls, "catalog-health", _ => new SignalReading.Failed("503"))).Verdict.ShouldBe(Verdict.Insufficient);
        Judge(gate, With(calls, "catalog-health", _ => new SignalReading.NoData("not there"))).Verdict.ShouldBe(Verdict.Insufficient);
        Judge(gate, With(calls, "catalog-health", t => t == 1 ? new SignalReading.Failed("503") : new SignalReading.Passed())).Verdict.ShouldBe(Verdict.Insufficient, "what was not well in this bake vouches for nobody");
    }

    [Theory]
    [InlineData(SignalRole.Critical, Verdict.Insufficient)]
    [InlineData(SignalRole.Normal, Verdict.Insufficient)]
    [InlineData(SignalRole.Shadow, Verdict.Healthy)]
    public void A_neighbour_that_is_not_well_holds_unless_it_is_a_shadow(SignalRole role, Verdict verdict)
    {
        var gate = Some.Gate(Some.Errors, Health with { Role = role, Tolerance = SignalTolerance.For(role) });

        var judgement = Judge(gate, With(Traffic(0), "catalog-health", _ => new SignalReading.Failed("503")));

        judgement.Verdict.ShouldBe(verdict);
        judgement.Evidence.ShouldContain(e => e.Signal == "catalog-health" && e.Words == "503");
    }

    [Fact]
    public void A_normal_neighbour_may_be_bad_twice()
    {
        var gate = Some.Gate(Some.Errors, Health with { Role = SignalRole.Normal, Tolerance = SignalTolerance.For(SignalRole.Normal) });

        Judge(gate, With(Traffic(0), "catalog-health", t => t is 3 or 5 ? new SignalReading.Failed("503") : new SignalReading.Passed())).Verdict.ShouldBe(Verdict.Healthy);
        Fold(gate, With(Traffic(0), "catalog-health", t => t is 3 or 5 or 7 ? new SignalReading.Failed("503") : new SignalReading.Passed())).Judged.ShouldBe(TimeSpan.FromSeconds(Long - 1));
    }

    [Theory]
    [InlineData(NoDataPolicy.Hold)]
    [InlineData(NoDataPolicy.Fail)]
    public void A_neighbour_of_which_nothing_is_known_holds_whatever_its_silence_is_declared_to_mean(NoDataPolicy policy)
    {
        Judge(Some.Gate(Health with { NoData = policy }), With(Traffic(0), "catalog-health", _ => new SignalReading.NoData("not there"))).Verdict.ShouldBe(Verdict.Insufficient);
    }

    [Fact]
    public void A_neighbour_that_flaps_is_never_blamed_and_only_its_good_looks_count_as_baked()
    {
        var looks = With(Traffic(0), "catalog-health", t => t % 2 == 0 ? new SignalReading.Failed("503") : new SignalReading.Passed());
        var gate = Some.Gate(Some.Errors, Health) with { SteadySamples = 2 };

        Judge(gate, looks).Verdict.ShouldBe(Verdict.Insufficient);
        Fold(gate, looks).Judged.ShouldBe(TimeSpan.FromSeconds(Long / 2));
    }

    [Fact]
    public void What_fails_while_a_neighbour_is_down_is_explained_by_it_and_a_fault_of_our_own_afterwards_is_not()
    {
        var gate = Some.Gate(Some.Smoke, Health);
        var outage = With(With(Traffic(0), "catalog-health", t => t is > 3 and < 9 ? new SignalReading.Failed("503") : new SignalReading.Passed()), "smoke", t => t is > 3 and < 9 ? new SignalReading.Failed("500") : new SignalReading.Passed());
        var after = With(outage, "smoke", t => t > 3 ? new SignalReading.Failed("500") : new SignalReading.Passed());

        Judge(gate, outage).Verdict.ShouldBe(Verdict.Healthy);
        Judge(gate, outage.Take(6)).Verdict.ShouldBe(Verdict.Insufficient);
        Judge(gate, after).Verdict.ShouldBe(Verdict.Unhealthy);
    }

    [Fact]
    public void A_neighbours_incident_taints_what_the_edges_counted_meanwhile()
    {
        var gate = Some.Gate(Some.Errors, Calls);
        var looks = Counted("calls", new(20, 15, 80, 60)).Select((look, i) => look with { Traffic = Requests(i + 1, 20, 20) });

        Judge(gate, looks).Verdict.ShouldBe(Verdict.Insufficient);
        Fold(gate, looks).Arms.Candidate.GetValueOrDefault(TrafficArms.Whole)?.Errors.ShouldBe(0);
    }

    [Fact]
    public void A_release_goes_on_when_an_incident_that_hit_both_is_over()
    {
        var counted = (New: default(EventCount), Old: default(EventCount));
        var looks = Looks(Long, t =>
        {
            var down = t is > 3 and < 9;
            counted = (counted.New.Plus(new(down ? 20 : 0, 20)), counted.Old.Plus(new(down ? 80 : 0, 80)));
            return ("calls", new SignalReading.Counted([new("new-1", "eu", New, counted.New), new("old-1", "eu", Old, counted.Old)]));
        });

        Judge(Some.Gate(Calls), looks.Take(8)).Verdict.ShouldBe(Verdict.Insufficient);
        Judge(Some.Gate(Calls), looks).Verdict.ShouldBe(Verdict.Healthy);
    }

    /// <summary>FAULTS.md A8: the order in which edges are told is nothing that a verdict depends on.</summary>
    [Fact]
    public void Edges_may_come_in_any_order()
    {
        CountedEdge[] At(int t) =>
        [
            new("new-1", "eu", New, new(t / 9, 10 * t)), new("new-2", "eu", New, new(t / 2, 10 * t)), new("new-3", "us", New, new(0, 10 * t)),
            new("old-1", "eu", Old, new(t / 8, 40 * t)), new("old-2", "us", Old, new(t / 7, 40 * t)),
        ];
        var random = new Random(7);

        var told = Judge(Some.Gate(Calls), Looks(Long, t => ("calls", new SignalReading.Counted(At(t)))));
        for (var run = 0; run < 20; run++)
        {
            var shuffled = Judge(Some.Gate(Calls), Looks(Long, t =>
            {
                var edges = At(t);
                random.Shuffle(edges);
                return ("calls", new SignalReading.Counted(edges));
            }));
            shuffled.Evidence.ShouldBe(told.Evidence);
            shuffled.Verdict.ShouldBe(told.Verdict);
        }
    }

    [Fact]
    public void Unhealthy_is_latched_though_later_calls_go_well()
    {
        var counted = default(EventCount);
        var looks = Looks(400, t =>
        {
            counted = counted.Plus(new(t < 10 ? 20 : 0, 20));
            return ("calls", new SignalReading.Counted([new("new-1", "eu", New, counted), new("old-1", "eu", Old, new(0, 80 * t))]));
        });

        Judge(Some.Gate(Calls), looks).Verdict.ShouldBe(Verdict.Unhealthy);
    }

    [Fact]
    public void No_answer_is_an_error_and_no_value_holds()
    {
        Judge(Some.Gate(Calls), Looks(Long, _ => ("calls", new SignalReading.SourceFailed("refused")))).Verdict.ShouldBe(Verdict.Error);
        Judge(Some.Gate(Calls), Looks(Long, _ => ("calls", new SignalReading.NoData("there is no calls_total")))).Verdict.ShouldBe(Verdict.Insufficient);
        Judge(Some.Gate(Calls with { NoData = NoDataPolicy.Fail }), Looks(Long, _ => ("calls", new SignalReading.NoData("there is no calls_total")))).Verdict.ShouldBe(Verdict.Unhealthy);
    }

    [Fact]
    public void A_counter_seen_for_the_first_time_holds_the_past_and_one_that_went_down_was_restarted()
    {
        var looks = Looks(Long, t => ("calls", new SignalReading.Counted(
        [
            new("new-1", "eu", New, new EventCount(0, 20 * t)),
            new("old-1", "eu", Old, t < 20 ? new EventCount(9_000, 9_000 + (80 * t)) : new EventCount(0, 80 * (t - 19))),
        ])));

        var window = Fold(Some.Gate(Calls), looks);

        Judge(Some.Gate(Calls), looks).Verdict.ShouldBe(Verdict.Healthy);
        window.Tallies["calls"].Counts!.Regions["eu"].Baseline.ShouldBe(new EventCount(0, 80 * (Long - 2)));
    }

    [Fact]
    public void What_an_instance_counted_while_it_was_away_for_some_looks_is_not_lost()
    {
        var looks = Looks(Long, t => ("calls", new SignalReading.Counted(
        [
            .. t is > 10 and < 14 ? Array.Empty<CountedEdge>() : [new("new-1", "eu", New, new EventCount(t < 11 ? 0 : 30, 20 * t))],
            new("new-2", "eu", New, new EventCount(0, 20 * t)),
            new("old-1", "eu", Old, new EventCount(0, 80 * t)),
        ])));

        var window = Fold(Some.Gate(Calls), looks);

        window.Tallies["calls"].Counts!.Regions["eu"].Candidate.ShouldBe(new EventCount(30, 2 * 20 * (Long - 2)));
    }

    [Fact]
    public void What_an_instance_counted_while_it_was_away_in_an_incident_is_of_the_incident()
    {
        var counted = Looks(Long, t => ("calls", new SignalReading.Counted(
        [
            .. t is > 10 and < 14 ? Array.Empty<CountedEdge>() : [new("new-1", "eu", New, new EventCount(t < 11 ? 0 : 60, 20 * t))],
            new("old-1", "eu", Old, new EventCount(0, 80 * t)),
        ])));
        var looks = With(counted, "catalog-health", t => t is 11 or 12 ? new SignalReading.Failed("503") : new SignalReading.Passed());

        Fold(Some.Gate(Calls, Health), looks).Tallies["calls"].Counts!.Regions["eu"].Candidate.Events.ShouldBe(0);
    }

    [Fact]
    public void A_metric_of_the_services_own_is_judged_by_its_limit_where_there_is_nothing_to_compare_with()
    {
        var own = Calls with { Scope = SignalScope.Own, Neighbour = null };

        Judge(Some.Gate(own), Counted("calls", new(20, 10, 0, 0))).Verdict.ShouldBe(Verdict.Unhealthy);
        Judge(Some.Gate(own), Counted("calls", new(20, 10, 80, 40))).Verdict.ShouldBe(Verdict.Insufficient);
    }

    [Fact]
    public void A_harmless_release_is_blamed_less_often_than_the_declared_chance_however_often_it_is_looked_at()
    {
        var random = new Random(20261128);
        var blamed = 0;
        for (var run = 0; run < 150; run++)
        {
            var counted = (New: default(EventCount), Old: default(EventCount));
            var window = GateWindow.Open(New);
            var gate = Some.Gate(Calls);
            for (var t = 1; t <= 100; t++)
            {
                counted = (counted.New.Plus(Draw(random, 10)), counted.Old.Plus(Draw(random, 40)));
                window = window.Add(gate, Sample(("calls", new SignalReading.Counted([new("new-1", "eu", New, counted.New), new("old-1", "eu", Old, counted.Old)]))));
            }

            if (HealthGate.Judge(gate, window, Bake).Verdict == Verdict.Unhealthy) blamed++;
        }

        blamed.ShouldBeLessThanOrEqualTo(5, "1 % of 150 are 1.5 in the mean");
    }

    /// <summary>Both arms fail 3 % of their calls, beyond the limit of 1 %: only the comparison protects the candidate.</summary>
    private static EventCount Draw(Random random, int calls) => new(Enumerable.Range(0, calls).Count(_ => random.NextDouble() < 0.03), calls);

    private static List<GateSample> Counted(string signal, Look look, string region = "eu") => Looks(Long, t => (signal, new SignalReading.Counted(
    [
        .. look.New + look.Sometimes > 0 || look.Old > 0 ? new CountedEdge[] { new("new-1", region, New, new EventCount((look.NewFailed * t) + (look.Sometimes * (t / look.Every)), look.New * t)) } : [],
        .. look.Old > 0 ? new CountedEdge[] { new("old-1", region, Old, new EventCount(look.OldFailed * t, look.Old * t)) } : [],
    ])));

    private static List<GateSample> Traffic(long errors) => [.. Enumerable.Range(1, Long).Select(t => Sample(null) with { Traffic = Requests(t, 20, errors) })];

    private static TrafficReading.Counted Requests(int t, long requests, long errors) =>
        new([new("eu", New, new Dictionary<string, EndpointCounters> { ["GET /a"] = new(requests * t, errors * t, LatencyCounts.None) })]);

    private static List<GateSample> With(IEnumerable<GateSample> looks, string signal, Func<int, SignalReading> reading) =>
        [.. looks.Select((look, i) => look with { Readings = new Dictionary<string, SignalReading>(look.Readings) { [signal] = reading(i + 1) } })];

    private static List<GateSample> Looks(int count, Func<int, (string, SignalReading)> reading) => [.. Enumerable.Range(1, count).Select(t => Sample(reading(t)))];

    private static GateSample Sample((string Signal, SignalReading Reading)? one) => new(
        TimeSpan.FromSeconds(1),
        new TrafficReading.Counted([]),
        one is { } reading ? new Dictionary<string, SignalReading> { [reading.Signal] = reading.Reading } : [],
        null);

    private static GateWindow Fold(GateDefinition gate, IEnumerable<GateSample> looks) => looks.Aggregate(GateWindow.Open(New), (window, look) => window.Add(gate, look));

    private static Judgement Judge(GateDefinition gate, IEnumerable<GateSample> looks) => HealthGate.Judge(gate, Fold(gate, looks), Bake);

    /// <summary>Calls of one look, and every so many looks some more failures of the candidate.</summary>
    public sealed record Look(int New, int NewFailed, int Old, int OldFailed)
    {
        public int Every { get; init; } = 1;

        public int Sometimes { get; init; }

        public override string ToString() => $"{NewFailed}/{New} beside {OldFailed}/{Old}";
    }
}
