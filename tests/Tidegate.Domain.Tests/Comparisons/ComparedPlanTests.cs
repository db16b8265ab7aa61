using Tidegate.Testing;

namespace Tidegate.Domain.Tests.Comparisons;

public sealed class ComparedPlanTests
{
    private static readonly ReleaseArtifact Candidate = Some.Artifact("candidate");
    private static readonly ArtifactDigest Old = Some.Digest("old");
    private static readonly PipelineDefinition Compared = Some.Pipeline(s => s with { Comparison = Some.Comparison });

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
    public void A_plan_with_a_comparison_survives_the_ledger()
    {
        var plan = Plan(Stage.DeployGamma, Running("gamma"));
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
