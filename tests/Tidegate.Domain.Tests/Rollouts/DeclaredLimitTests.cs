using Tidegate.Testing;

namespace Tidegate.Rollouts;

/// <summary>Absolute limits in a rollout: never a verdict; beyond on both sides an incident; set aside where the running version was beyond before.</summary>
public sealed class DeclaredLimitTests
{
    private const int Requests = 1_000;
    private static readonly RolloutLimit Failures = new("errors", 0.01);
    private static readonly RolloutLimit Slow = new("latency", 0.05);

    [Theory]
    [InlineData(30, 30, 0.002, true)] // both at 3 %
    [InlineData(30, 2, 0.002, false)] // the candidate alone: that is the comparison's
    [InlineData(2, 30, 0.002, false)] // the running version alone: this release may be what mends it
    [InlineData(10, 10, 0.002, false)] // at the limit is not beyond it
    [InlineData(30, 30, 0.03, false)] // as usual: the limit is set aside
    [InlineData(90, 90, 0.03, true)] // far more than usual
    public void Both_beyond_a_limit_of_failures_is_an_incident(int mine, int theirs, double usual, bool incident)
    {
        var incidents = new RolloutIncidents(2, Failures);

        for (var w = 0; w < 6; w++) incidents.Add(Window(mine, theirs, 0, 0), Reference(usual, 0));

        (incidents.Beyond is not null).ShouldBe(incident);
        if (!incident) return;

        incidents.Beyond.ShouldBe("both versions are beyond errors's atMost of 1%");
        (incidents.Everywhere, incidents.In(0), incidents.Anywhere).ShouldBe((true, true, true));
    }

    [Theory]
    [InlineData(120, 120, 0.02, true)]
    [InlineData(120, 20, 0.02, false)]
    [InlineData(50, 50, 0.02, false)]
    [InlineData(120, 120, 0.12, false)]
    [InlineData(120, 120, double.NaN, false)] // what was usual is not known
    public void Both_beyond_a_limit_of_slow_requests_is_one_too(int mine, int theirs, double usual, bool incident)
    {
        var incidents = new RolloutIncidents(2, slow: Slow);

        for (var w = 0; w < 6; w++) incidents.Add(Window(0, 0, mine, theirs), Reference(0.001, usual));

        (incidents.Beyond is not null).ShouldBe(incident);
        incidents.Everywhere.ShouldBe(incident);
    }

    [Fact]
    public void It_is_over_when_one_of_them_is_within_the_limit_again_or_nobody_is_left_to_tell()
    {
        var incidents = Beyond();
        for (var w = 0; w < 20; w++) incidents.Add(Window(2, 2, 0, 0), Reference(0.002, 0));
        incidents.Everywhere.ShouldBeFalse();

        incidents = Beyond();
        incidents.Add(new(5, [new() { Candidate = [new("c", 0, Requests, 30)] }, new()]), Reference(0.002, 0));
        incidents.Everywhere.ShouldBeFalse();

        static RolloutIncidents Beyond()
        {
            var incidents = new RolloutIncidents(2, Failures);
            for (var w = 0; w < 6; w++) incidents.Add(Window(30, 30, 0, 0), Reference(0.002, 0));
            incidents.Everywhere.ShouldBeTrue();
            return incidents;
        }
    }

    [Fact]
    public void While_both_are_beyond_it_a_step_does_not_pass_and_nobody_is_accused()
    {
        var (held, free) = (Canary(Failures), Canary(null));

        for (var w = 0; w < 400; w++)
        {
            held.See(Ready(w));
            if (free.Says == RolloutSays.GoOn) free.See(Ready(w));
        }

        free.Says.ShouldBe(RolloutSays.Passed, "without the limit");
        (held.Says, held.Incident).ShouldBe((RolloutSays.GoOn, "both versions are beyond errors's atMost of 1%"));
        RolloutWords.Missing(held, new("", 0, [], Some.Bakes(8).Step(0))).ShouldContain(m => m.Contains("that this release does not cause"));

        static Rollout Canary(RolloutLimit? limit)
        {
            var rollout = Rollout.Begin(SomeRollout.Plan(2) with { FailureLimit = limit }, Reference(0.008, 0));
            rollout.Enter(0);
            return rollout;
        }

        static RolloutWindow Ready(int w) => new(5, [.. Window(20 - (w % 2), 20, 10, 10).Regions.Select((r, i) => i > 0
            ? r with { Candidate = [] }
            : r with { CandidateReady = 3, RunningReady = 6 })]);
    }

    [Fact]
    public void Whoever_releases_is_told_of_a_limit_that_the_running_version_was_beyond_with_both_numbers_and_the_remedy()
    {
        var plan = SomeRollout.Plan(2) with { FailureLimit = Failures, SlowLimit = Slow, LatencyLimit = 250 };

        var lines = UsualBeyond.Words(plan, Reference(0.031, 0.08));

        lines.Count.ShouldBe(2);
        lines[0].ShouldStartWith("errors: in the hour before, 3.12% of the running version's requests failed (region-0 3.12%, region-1 3.12%), and its atMost is 1%");
        lines[0].ShouldEndWith("Raise atMost above what is usual, or mend the service");
        lines[1].ShouldStartWith("latency: in the hour before, 8% of the running version's requests took longer than 250 ms (region-0 8%, region-1 8%), and its atMost is 5%");
    }

    [Fact]
    public void Nobody_is_told_of_limits_that_hold_that_are_not_declared_or_of_an_hour_that_was_not_seen()
    {
        var plan = SomeRollout.Plan(2) with { FailureLimit = Failures, SlowLimit = Slow, LatencyLimit = 250 };

        UsualBeyond.Words(plan, Reference(0.009, 0.04)).ShouldBeEmpty();
        UsualBeyond.Words(SomeRollout.Plan(2), Reference(0.5, 0.5)).ShouldBeEmpty();
        UsualBeyond.Words(plan, Reference(0.031, double.NaN) with { Covers = TimeSpan.Zero }).ShouldBeEmpty();
        UsualBeyond.Words(plan with { FailureLimit = new("errors", 0) }, Reference(1 / (1000 + (40 * 3600.0)), 0)).ShouldBeEmpty("no request failed");
    }

    [Fact]
    public void The_plan_has_the_limits_of_the_signals_that_decide()
    {
        var pipeline = Some.Pipeline(s => s with { Comparison = Some.Comparison });
        var now = new EnvironmentObservation("production", [.. Some.Production.Regions.Select(r => new RegionObservation(
            r.Name, 1, Convergence.Converged, null, null, [new(Some.Digest("old"), TrafficShare.All, [])], []))]);

        var plan = PlanBuilder.Build(pipeline, Stage.Canary, Some.Artifact("new"), "orders-1", now).Rollout!;

        (plan.FailureLimit, plan.SlowLimit, plan.LatencyLimit).ShouldBe((new RolloutLimit("errors", 0.01), new RolloutLimit("latency", 0.05), 250));
    }

    private static RolloutWindow Window(int mine, int theirs, int slow, int theirSlow) => new(5, [.. Enumerable.Range(0, 2).Select(_ => new RegionWindow
    {
        Candidate = [new("c", 0, Requests, mine)],
        Running = [new("o", 0, Requests, theirs)],
        Slow = [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [slow, slow, slow, theirSlow]],
    })]);

    private static RolloutReference Reference(double failures, double beyond)
    {
        var reference = SomeRollout.Reference(2, failures: failures);
        EventCount? slow = double.IsNaN(beyond) ? null : new((long)(100_000 * beyond), 100_000);
        return reference with { Regions = [.. reference.Regions.Select(r => r with { BeyondLimit = slow })] };
    }
}
