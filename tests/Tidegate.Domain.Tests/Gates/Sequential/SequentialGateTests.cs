namespace Tidegate.Gates.Sequential;

public sealed class SequentialGateTests
{
    private static readonly GateReference Busy = new(0.001, 0.0085, 1, 1, 100, [0.5, 0.3, 0.2]);

    [Fact]
    public void The_first_weight_risks_the_harm_budget_and_no_more()
    {
        Begin(Busy with { RequestsPerSecond = 1000 }).Weight.ShouldBe(0.001);
        Begin(Busy).Weight.ShouldBe(0.004, 1e-12);
        Begin(Busy with { RequestsPerSecond = 0.2 }).Weight.ShouldBe(1.0 / 3, 1e-12);
    }

    [Fact]
    public void A_total_outage_is_rolled_back_in_the_first_windows_although_the_candidate_is_not_warm()
    {
        var release = new Release(Busy);

        release.Play(3, candidateFailures: 1);

        release.State.Phase.ShouldBe(GatePhase.RolledBack);
        release.State.Weight.ShouldBe(0);
        release.State.Because.ShouldContain("fail");
    }

    [Fact]
    public void A_verdict_of_unhealthy_is_latched()
    {
        var release = new Release(Busy);
        release.Play(3, candidateFailures: 1);
        var verdict = release.State;

        release.Play(500);

        release.State.ShouldBeSameAs(verdict);
    }

    [Fact]
    public void A_healthy_release_ramps_is_promoted_by_evidence_watched_and_released()
    {
        var release = new Release(Busy);
        var weights = new List<double>();

        for (var i = 0; i < 400 && release.State.Phase == GatePhase.Ramp; i++)
        {
            release.Play(1);
            weights.Add(release.State.Weight);
        }

        weights.ShouldBe(weights.Order());
        weights.Zip(weights.Skip(1)).Where(w => w.Second < 1).ShouldAllBe(w => w.Second <= (2 * w.First) + 1e-12);
        release.State.Phase.ShouldBe(GatePhase.Watch);
        release.State.PromotedByEvidence.ShouldBeTrue();
        release.State.PromotedAt.ShouldBeInRange(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(12));

        release.Play(720);
        release.State.Phase.ShouldBe(GatePhase.Released);
    }

    [Fact]
    public void A_fault_that_begins_after_promotion_is_probed_and_rolled_back()
    {
        var release = Promoted(Busy);

        release.Play(12, candidateFailures: 0.05);

        release.Phases.ShouldContain(GatePhase.Probe);
        release.State.Phase.ShouldBe(GatePhase.RolledBack);
    }

    [Fact]
    public void An_incident_that_hits_both_versions_freezes_the_ramp_and_never_rolls_back()
    {
        var release = new Release(Busy);
        release.Play(20);
        var before = release.State.Weight;

        release.Play(300, candidateFailures: 0.1, baselineFailures: 0.1);

        release.State.Phase.ShouldBe(GatePhase.Ramp);
        release.State.Incident.On.ShouldBeTrue();
        release.State.Weight.ShouldBe(before);
    }

    [Fact]
    public void An_incident_after_promotion_costs_a_probe_and_no_rollback()
    {
        var release = Promoted(Busy);

        release.Play(40, candidateFailures: 0.1, baselineFailures: 0.1);
        release.State.Phase.ShouldBe(GatePhase.Probe);

        release.Play(400);
        release.State.Phase.ShouldBeOneOf(GatePhase.Watch, GatePhase.Released);
        release.State.Watch.FailureRate.ShouldBeLessThanOrEqualTo(3 * Busy.FailureRate);
    }

    [Fact]
    public void A_candidate_that_reports_nothing_is_dead_and_not_healthy()
    {
        var release = new Release(Busy) { CandidateReports = false };

        release.Play(14);

        release.State.Phase.ShouldBe(GatePhase.RolledBack);
        release.State.Because.ShouldContain("reports nothing");
    }

    [Fact]
    public void A_promoted_candidate_that_falls_silent_is_probed()
    {
        var release = Promoted(Busy);
        release.CandidateReports = false;

        release.Play(30);

        release.Phases.ShouldContain(GatePhase.Probe);
        release.State.Phase.ShouldBe(GatePhase.RolledBack);
    }

    [Fact]
    public void Windows_that_could_not_be_read_stop_the_clock()
    {
        var release = new Release(Busy);
        release.Play(10);
        var before = release.State;

        release.Play(1000, missing: true);

        release.State.ShouldBeSameAs(before);
    }

    [Fact]
    public void With_little_traffic_and_little_to_lose_ten_minutes_are_enough()
    {
        var release = new Release(Busy with { RequestsPerSecond = 0.2 });

        release.Play(131);
        release.State.Phase.ShouldBe(GatePhase.Ramp);

        release.Play(1);
        release.State.Phase.ShouldBe(GatePhase.Watch);
        release.State.PromotedByEvidence.ShouldBeFalse();
        release.State.PromotedAt.ShouldBe(TimeSpan.FromMinutes(11));
    }

    [Theory]
    [InlineData(CapPolicy.Hold, GatePhase.Held)]
    [InlineData(CapPolicy.Promote, GatePhase.Watch)]
    public void When_the_evidence_does_not_come_the_policy_decides(CapPolicy policy, GatePhase expected)
    {
        // Three failures in a hundred on both sides: too many to be cheap, and nothing that this release does.
        var noisy = Busy with { FailureRate = 0.03 };
        var release = new Release(noisy, SequentialOptions.Default with { AtCap = policy, Beta = 1e-12, HarmBudget = 1 });

        release.Play(732, candidateFailures: 0.03, baselineFailures: 0.03);

        release.State.Phase.ShouldBe(expected);
    }

    [Fact]
    public void Fixed_steps_are_walked_one_after_the_other_under_the_same_tests()
    {
        var options = SequentialOptions.Default with { Steps = [new(0.05, TimeSpan.FromMinutes(2)), new(0.5, TimeSpan.FromMinutes(3))] };
        var healthy = new Release(Busy, options);

        healthy.Play(24);
        healthy.State.Weight.ShouldBe(0.5);
        healthy.Play(36);
        healthy.State.Phase.ShouldBe(GatePhase.Watch);

        var faulty = new Release(Busy, options);
        faulty.Play(60, candidateFailures: 0.05);
        faulty.State.Phase.ShouldBe(GatePhase.RolledBack);
    }

    [Fact]
    public void Numbers_that_make_no_sense_are_no_evidence()
    {
        var gate = new SequentialGate(SequentialOptions.Default, Busy);
        var state = gate.Begin();
        PairedCounts[] none = [default, default, default];

        var more = new GateReading(0.1, false, new(10, 10, 11, 0), none, default, default, default, null);
        var share = new GateReading(double.NaN, false, new(10, 10, 1, 0), none, default, default, default, null);

        gate.Next(state, more).ShouldBeSameAs(state);
        gate.Next(state, share).ShouldBeSameAs(state);
    }

    [Fact]
    public void A_budget_that_does_not_sum_to_one_is_refused() =>
        Should.Throw<ArgumentException>(() => new SequentialGate(SequentialOptions.Default with { Budget = ErrorBudget.Default with { Hard = 0.5 } }, Busy));

    private static SequentialState Begin(GateReference reference) => new SequentialGate(SequentialOptions.Default, reference).Begin();

    private static Release Promoted(GateReference reference)
    {
        var release = new Release(reference);
        for (var i = 0; i < 400 && release.State.Phase == GatePhase.Ramp; i++) release.Play(1);
        release.State.Phase.ShouldBe(GatePhase.Watch);
        return release;
    }
}
