namespace Tidegate.Rollouts;

/// <summary>A black hole: requests are routed to the candidate, and none of them is counted.</summary>
public sealed class RolloutSilenceTests
{
    [Fact]
    public void What_is_routed_and_never_counted_is_a_verdict_after_a_minute()
    {
        var rollout = Begun();

        for (var w = 0; w < 40 && rollout.Says == RolloutSays.GoOn; w++) rollout.See(Window(rollout, candidate: 0));

        rollout.Says.ShouldBe(RolloutSays.Unhealthy);
        rollout.Because.ShouldMatch("none of about [0-9]+ requests that were routed to it was counted in region-0");
        rollout.At.ShouldBeGreaterThanOrEqualTo(60);
    }

    [Fact]
    public void One_request_in_a_minute_is_no_silence()
    {
        var rollout = Begun();

        for (var w = 0; w < 40; w++) rollout.See(Window(rollout, candidate: w % 11 == 10 ? 1 : 0));

        rollout.Says.ShouldNotBe(RolloutSays.Unhealthy);
    }

    [Fact]
    public void Where_few_are_to_be_expected_none_says_nothing()
    {
        var rollout = Begun();

        for (var w = 0; w < 40; w++) rollout.See(Window(rollout, candidate: 0, running: 1));

        rollout.Says.ShouldNotBe(RolloutSays.Unhealthy);
    }

    [Fact]
    public void Instances_that_are_not_ready_get_no_requests()
    {
        var rollout = Begun();
        rollout.See(Window(rollout, candidate: 5));

        for (var w = 0; w < 40; w++) rollout.See(Window(rollout, candidate: 0, ready: 0));

        rollout.Because.ShouldNotContain("counted");
    }

    private static Rollout Begun()
    {
        var rollout = Rollout.Begin(SomeRollout.Plan(1), SomeRollout.Reference(1));
        rollout.Enter(0);
        rollout.See(Window(rollout, candidate: 0, running: 200)); // instances come
        return rollout;
    }

    private static RolloutWindow Window(Rollout rollout, long candidate, long running = 2000, int ready = 3)
    {
        var versions = rollout.Targets(SomeRollout.Candidate)[0].Versions;
        return new(5, [new()
        {
            Share = versions.Single(v => v.Digest == SomeRollout.Candidate).Share,
            CandidateReady = ready,
            RunningReady = 6,
            Candidate = [new("new-1", 0, candidate, 0), new("new-2", 0, 0, 0), new("new-3", 0, 0, 0)],
            Running = [.. Enumerable.Range(1, 6).Select(i => new InstanceCell($"old-{i}", 0, running / 6, 0))],
        }]);
    }
}
