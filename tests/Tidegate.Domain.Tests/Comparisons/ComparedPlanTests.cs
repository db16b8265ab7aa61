using Tidegate.Testing;

namespace Tidegate.Domain.Tests.Comparisons;

public sealed class ComparedPlanTests
{
    private static readonly ReleaseArtifact Candidate = Some.Artifact("candidate");
    private static readonly ArtifactDigest Old = Some.Digest("old");
    private static readonly PipelineDefinition Compared = Some.Pipeline(s => s with { Comparison = Some.Comparison });

    [Fact]
    public void A_canary_is_one_step_that_begins_with_what_the_harm_budget_allows()
    {
        var plan = Plan(Stage.Canary, Running("production"));

        var step = plan.Steps.ShouldHaveSingleItem();
        step.Comparison!.Options.SoakWeight.ShouldBe(0.3);
        step.Targets[0].Versions[1].Share.ShouldBe(TrafficShare.Percent(10.67)); // 8 failed requests at 15 requests/s in 5 s
        step.At(TrafficShare.Percent(25), Candidate.Digest)[0].Versions.Select(v => (v.Instances, v.Share.BasisPoints)).ShouldBe([(2, 7_500), (1, 2_500)]);
    }

    [Fact]
    public void A_first_release_has_nothing_to_compare_with()
    {
        Plan(Stage.Canary, new("production", [])).Steps.ShouldAllBe(s => s.Comparison == null);
        Plan(Stage.RegionWaves, new("production", [])).Steps.ShouldAllBe(s => s.Comparison == null);
        Plan(Stage.DeployBeta, new("beta", [])).Steps.ShouldHaveSingleItem().Comparison.ShouldBeNull();
    }

    [Fact]
    public void Beta_and_gamma_stand_beside_the_running_version_first()
    {
        var plan = Plan(Stage.DeployGamma, Running("gamma"));

        plan.Steps.Select(s => (s.Title, Shares: string.Join(" + ", s.Targets[0].Versions.Select(v => $"{v.Instances}×{v.Share}"))))
            .ShouldBe([("beside the running version", "2×50 % + 2×50 %"), ("all instances", "2×100 %")]);
    }

    [Fact]
    public void Each_wave_begins_beside_all_that_runs_there_and_old_instances_stay_warm_to_the_end()
    {
        var plan = Plan(Stage.RegionWaves, Running("production"));

        var us = plan.Steps.Where(s => s.Targets.Any(t => t.Region == "us-east"))
            .Select(s => string.Join(" + ", s.Targets.Single(t => t.Region == "us-east").Versions.Select(v => $"{(v.Digest == Old ? "old" : "new")} {v.Instances} at {v.Share}")));
        us.ShouldBe(
        [
            "old 4 at 98.48 % + new 1 at 1.52 %",
            "old 2 at 50 % + new 2 at 50 %",
            "old 2 at 25 % + new 3 at 75 %",
            "old 2 at 0 % + new 4 at 100 %",
            "old 2 at 0 % + new 4 at 100 %",
            "new 4 at 100 %",
        ]);
        plan.Steps[^2].Comparison!.Watching.ShouldBeTrue();
        plan.Steps.Where(s => s.Comparison is { Watching: false }).Select(s => s.Comparison!.Options.MinimumTime.TotalSeconds).ShouldBe([15, 10, 7.5]);
    }

    [Fact]
    public void A_region_in_which_the_canary_stands_is_not_compared_again()
    {
        var running = Running("production") is var all ? all with { Regions = [.. all.Regions.Select(r => r.Region == "eu-north" ? r with { Versions = [Version(Old, 2, 70), Version(Candidate.Digest, 1, 30)] } : r)] } : all;

        Plan(Stage.RegionWaves, running).Steps[0].Title.ShouldBe("wave 1 of 3, batch 1 of 2: eu-north");
    }

    [Fact]
    public void Regions_of_one_wave_get_the_same_share_since_their_counts_are_added_up()
    {
        var plan = Plan(Stage.RegionWaves, Running("production"));

        foreach (var step in plan.Steps.Where(s => s.Comparison is { Watching: false }))
        {
            step.Targets.Select(t => t.Versions.Single(v => v.Digest == Candidate.Digest).Share).Distinct().Count().ShouldBe(1, step.Title);
        }
    }

    [Fact]
    public void Capacity_never_falls_below_the_headroom_at_any_share()
    {
        PlanChecker.Check(Compared, Plan(Stage.RegionWaves, Running("production")), new HashSet<ArtifactDigest> { Old, Candidate.Digest }).ShouldBeEmpty();
        PlanChecker.Check(Compared, Plan(Stage.Canary, Running("production")), new HashSet<ArtifactDigest> { Old, Candidate.Digest }).ShouldBeEmpty();
    }

    [Fact]
    public void A_plan_with_a_comparison_survives_the_ledger()
    {
        var plan = Plan(Stage.RegionWaves, Running("production"));
        var record = LedgerRecord.Next("production", 1, LedgerRecord.Genesis, Some.Noon, new LedgerFact.Planned(plan, "asked for"));

        var read = record.Fact().ShouldBeOfType<LedgerFact.Planned>().Plan;

        LedgerRecord.Next("production", 1, LedgerRecord.Genesis, Some.Noon, new LedgerFact.Planned(read, "asked for")).Payload.ShouldBe(record.Payload);
        read.Steps[0].Comparison!.First.ShouldBe(plan.Steps[0].Comparison!.First);
    }

    [Fact]
    public void A_promoted_shadow_decides_and_the_gate_before_goes_into_its_shadow()
    {
        var shadowed = Some.Pipeline(s => s with { Comparison = Some.Comparison with { Shadow = new("bolder", SequentialOptions.Default with { Alpha = 0.05 }) } });

        var promoted = GatePromotion.Apply(shadowed, ["bolder"])[Stage.Canary].Comparison!;
        promoted.Name.ShouldBe("bolder");
        promoted.Options.Alpha.ShouldBe(0.05);
        promoted.Shadow!.Name.ShouldBe("quick");
        GatePromotion.Apply(shadowed, ["bolder", "quick"])[Stage.Canary].Comparison!.Name.ShouldBe("quick");
        GatePromotion.Apply(shadowed, ["unknown"])[Stage.Canary].Comparison!.Name.ShouldBe("quick");
    }

    private static ReleasePlan Plan(Stage stage, EnvironmentObservation now) => PlanBuilder.Build(Compared, stage, Candidate, "orders-1", now);

    private static EnvironmentObservation Running(string environment) => new(environment,
        [.. Compared.Environments.Single(e => e.Name == environment).Regions.Select(r => new RegionObservation(r.Name, 1, Convergence.Converged, null, null, [Version(Old, r.Instances, 100)], []))]);

    private static VersionObservation Version(ArtifactDigest digest, int instances, double share) => new(digest, TrafficShare.Percent(share),
        [.. Enumerable.Range(0, instances).Select(i => new InstanceObservation($"{digest.Brief}-{i}", InstanceState.Ready, null, 0, null))]);
}
