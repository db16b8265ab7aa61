using Tidegate.Testing;

namespace Tidegate.Domain.Tests.Plans;

/// <summary>Canary and waves as one rollout: what is planned where a version runs in every region.</summary>
public sealed class RolloutPlanTests
{
    private static readonly ReleaseArtifact Candidate = Some.Artifact("candidate");
    private static readonly ArtifactDigest Old = Some.Digest("old");
    private static readonly PipelineDefinition Compared = With(c => c);

    [Fact]
    public void A_canary_is_one_phase_in_the_region_with_least_traffic()
    {
        var plan = Plan(Stage.Canary, Running());

        plan.Rollout!.Phases.Select(Text).ShouldBe(["Canary: eu-north"]);
        plan.Steps.Select(s => s.Title).ShouldBe(["eu-north beside the running version"]);
        plan.Steps[0].Targets.Select(Text).ShouldBe(["eu-north: old 2 at 70 %, new 1 at 30 %"]);
        plan.Before.Select(b => b.Region).ShouldBe(["eu-north"]);
    }

    [Fact]
    public void A_canary_can_stand_in_every_region_before_the_first_wave()
    {
        var plan = Plan(With(c => c with { EveryRegion = true }), Stage.Canary, Running());

        plan.Rollout!.Phases.Select(Text)
            .ShouldBe(["Canary: eu-north", "EveryRegion: eu-north eu-west ap-south us-east"]);
        plan.Steps[1].Targets.Select(Text).ShouldContain("us-east: old 4 at 80 %, new 1 at 20 %");
        plan.Before.Select(b => b.Region).ShouldBe(["us-east", "ap-south", "eu-west", "eu-north"]);
    }

    [Fact]
    public void Waves_are_phases_and_the_last_one_is_the_watch()
    {
        var plan = Plan(Stage.RegionWaves, Running());

        plan.Rollout!.Phases.Select(Text).ShouldBe(
        [
            "Wave: eu-north", "Wave: eu-west", "Wave: ap-south us-east", "Watch: eu-north eu-west ap-south us-east",
        ]);
        plan.Steps.Select(s => (s.Title, s.Wave)).ShouldBe(
        [
            ("wave 1 of 3: eu-north", 1), ("wave 2 of 3: eu-west", 2), ("wave 3 of 3: ap-south, us-east", 3),
            ("watch, the version before kept warm", 0),
        ]);
        plan.Steps.ShouldAllBe(s => s.Comparison == null);
        plan.Steps[2].Targets.Select(Text).ShouldBe(
            ["ap-south: old 2 at 0 %, new 3 at 100 %", "us-east: old 2 at 0 %, new 4 at 100 %"]);
        plan.Steps[3].Targets.Select(Text).ShouldContain("us-east: new 4 at 100 %");
        plan.Steps[3].Bake.Length.ShouldBe(TimeSpan.FromSeconds(120));
    }

    [Fact]
    public void Declared_waves_are_kept_as_they_are_in_the_canary_too()
    {
        var declared = Some.Pipeline(s => s with
        {
            Comparison = Some.Comparison,
            Waves = s.Stage == Stage.RegionWaves ? [["us-east", "eu-north"], ["eu-west", "ap-south"]] : [],
        });

        Plan(declared, Stage.RegionWaves, Running()).Rollout!.Phases.Select(Text).Take(2)
            .ShouldBe(["Wave: us-east eu-north", "Wave: eu-west ap-south"]);
        Plan(declared, Stage.Canary, Running()).Rollout!.Waves.Select(w => string.Join(' ', w))
            .ShouldBe(["us-east eu-north", "eu-west ap-south"]);
    }

    [Fact]
    public void Batches_are_within_the_headroom_and_half_stays_warm()
    {
        var rollout = Plan(Stage.RegionWaves, Running()).Rollout!;

        rollout.Regions.Select(r => (r.Name, r.Instances, r.Batch, r.Batches, r.KeepWarm)).ShouldBe(
            [("eu-north", 2, 1, 2, 1), ("eu-west", 3, 1, 3, 2), ("ap-south", 3, 1, 3, 2), ("us-east", 4, 1, 4, 2)]);
    }

    [Theory]
    [InlineData(12, 3)]
    [InlineData(6, 3)]
    [InlineData(5, 1)]
    [InlineData(1, 1)]
    public void Three_canaries_where_a_region_has_six_instances_and_one_in_a_smaller_one(int instances, int canaries)
    {
        var pipeline = Some.Pipeline(s => s with
        {
            Comparison = Some.Comparison,
            CanaryInstances = 3,
            Environment = s.Environment.Name == "production"
                ? s.Environment with { Regions = [new("eu-north", instances, 15)] }
                : s.Environment,
        });

        Plan(pipeline, Stage.Canary, Running(instances)).Steps[0].Targets[0].Versions[^1].Instances.ShouldBe(canaries);
    }

    [Fact]
    public void Waves_go_on_with_the_canarys_evidence_and_a_canary_with_none()
    {
        Plan(Compared, Stage.RegionWaves, Running(), continues: 7).Rollout!.Continues.ShouldBe(7);
        Plan(Compared, Stage.Canary, Running(), continues: 7).Rollout!.Continues.ShouldBeNull();
        Plan(Stage.RegionWaves, Running()).Rollout!.Continues.ShouldBeNull();
    }

    [Fact]
    public void A_region_that_the_candidate_serves_alone_already_needs_no_way_back_to_be_planned()
    {
        var now = Running() with
        {
            Regions = [.. Running().Regions.Select(r => r.Region == "eu-north" ? Region(r.Region, Candidate.Digest, 2) : r)],
        };

        var rollout = Plan(Stage.RegionWaves, now).Rollout!;

        rollout.Regions[0].Baseline.ShouldBeNull();
        rollout.Regions[0].KeepWarm.ShouldBe(0);
        rollout.Regions.Skip(1).ShouldAllBe(r => r.Baseline == Old);
    }

    [Fact]
    public void Where_the_canary_has_no_earlier_version_beside_it_shares_are_fixed()
    {
        var now = Running() with { Regions = [.. Running().Regions.Where(r => r.Region != "eu-north")] };

        var canary = Plan(Stage.Canary, now);

        canary.Rollout.ShouldBeNull();
        canary.Steps.ShouldHaveSingleItem().Title.ShouldBe("first release into eu-north, all of its traffic");
    }

    [Fact]
    public void A_region_in_which_nothing_runs_yet_does_not_keep_the_others_from_being_compared()
    {
        var now = Running() with { Regions = [.. Running().Regions.Where(r => r.Region != "us-east")] };

        var (canary, waves) = (Plan(Stage.Canary, now), Plan(Stage.RegionWaves, now));

        canary.Rollout.ShouldNotBeNull();
        var regions = waves.Rollout.ShouldNotBeNull().Regions;
        regions.Where(r => r.Baseline is null).Select(r => r.Name).ShouldBe(["us-east"]);
        regions.Single(r => r.Name == "us-east").KeepWarm.ShouldBe(0);
    }

    [Fact]
    public void Every_phase_of_a_rollout_keeps_the_headroom()
    {
        foreach (var plan in new[] { Plan(Stage.Canary, Running()), Plan(Stage.RegionWaves, Running()) })
        {
            PlanChecker.Check(Compared, plan, new HashSet<ArtifactDigest> { Old, Candidate.Digest }).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_setting_of_the_rollout_survives_the_ledger()
    {
        var pipeline = With(c => c with
        {
            EveryRegion = true,
            FreshBaseline = true,
            AtCap = CapRule.Hold,
            MemoryLimitMebibytes = 512,
            Shadow = new("bolder", c.Options with { Alpha = 0.05 }),
        });
        var plan = Plan(pipeline, Stage.RegionWaves, Running(), continues: 3);
        plan = plan with { Rollout = plan.Rollout! with { StaysWhileHeld = true, Shadows = [EvidenceKind.Slow] } };

        var record = Recorded(plan);
        var read = record.Fact().ShouldBeOfType<LedgerFact.Planned>().Plan;

        Recorded(read).Payload.ShouldBe(record.Payload);
        var rollout = read.Rollout!;
        rollout.Options.ShouldBe(plan.Rollout!.Options);
        rollout.Options.AtCap.ShouldBe(CapRule.Hold);
        rollout.Shadow.ShouldBe(plan.Rollout.Shadow);
        rollout.Shadow!.Options.Alpha.ShouldBe(0.05);
        rollout.Regions.ShouldBe(plan.Rollout.Regions);
        rollout.Phases.Select(Text).ShouldBe(plan.Rollout.Phases.Select(Text));
        (rollout.Continues, rollout.StaysWhileHeld, rollout.EveryRegion, rollout.FreshInstances, rollout.MemoryLimitMebibytes)
            .ShouldBe((3, true, true, 1, 512));
        rollout.Shadows.ShouldBe([EvidenceKind.Slow]);
    }

    [Fact]
    public void What_is_not_asked_for_is_not_written_down()
    {
        var payload = Recorded(Plan(Stage.Canary, Running())).Payload;

        foreach (var member in new[] { "comparison", "continues", "\"shadow\":" })
        {
            payload.ShouldNotContain(member, Case.Sensitive);
        }
    }

    private static PipelineDefinition With(Func<ComparisonPolicy, ComparisonPolicy> change) =>
        Some.Pipeline(s => s with { Comparison = change(Some.Comparison) });

    private static LedgerRecord Recorded(ReleasePlan plan) =>
        LedgerRecord.Next("production", 1, LedgerRecord.Genesis, Some.Noon, new LedgerFact.Planned(plan, "asked for"));

    private static ReleasePlan Plan(Stage stage, EnvironmentObservation now) => Plan(Compared, stage, now);

    private static ReleasePlan Plan(
        PipelineDefinition pipeline, Stage stage, EnvironmentObservation now, long? continues = null) =>
        PlanBuilder.Build(pipeline, stage, Candidate, "orders-1", now, continues);

    private static string Text(RolloutPhase phase) => $"{phase.Kind}: {string.Join(' ', phase.Regions)}";

    private static string Text(RegionTarget target) => $"{target.Region}: " + string.Join(
        ", ", target.Versions.Select(v => $"{(v.Digest == Old ? "old" : "new")} {v.Instances} at {v.Share}"));

    private static EnvironmentObservation Running() =>
        new("production", [.. Some.Production.Regions.Select(r => Region(r.Name, Old, r.Instances))]);

    private static EnvironmentObservation Running(int instances) =>
        new("production", [Region("eu-north", Old, instances)]);

    private static RegionObservation Region(string name, ArtifactDigest digest, int instances) =>
        new(name, 1, Convergence.Converged, null, null, [new(digest, TrafficShare.All, Instances(digest, instances))], []);

    private static InstanceObservation[] Instances(ArtifactDigest digest, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new InstanceObservation($"{digest.Brief}-{i}", InstanceState.Ready, null, 0, null))];
}
