using Tidegate.Testing;

namespace Tidegate.Domain.Tests.Plans;

public sealed class PlanBuilderTests
{
    private static readonly ReleaseArtifact New = Some.Artifact("new");
    private static readonly ArtifactDigest Old = Some.Digest("old");

    [Fact]
    public void Waves_grow_from_the_region_with_least_traffic_one_one_two()
    {
        WavePlanner.Plan(Some.Production.Regions).Select(w => string.Join("+", w.Select(r => r.Name)))
            .ShouldBe(["eu-north", "eu-west", "ap-south+us-east"]);
    }

    [Fact]
    public void Every_step_of_every_stage_is_as_approved()
    {
        var pipeline = Some.Pipeline();
        var text = string.Join("\n\n", Enum.GetValues<Stage>().Select(stage =>
        {
            var plan = PlanBuilder.Build(pipeline, stage, New, "orders-1", Serving(pipeline[stage].Environment, Old));
            return $"# {stage}\n" + string.Join('\n', plan.Steps.Select(s => $"{s.Title}, bake {Words.Seconds(s.Bake.Length)}\n" + string.Join('\n', s.Targets.Select(t => $"  {t}"))))
                + "\nback: " + string.Join("; ", plan.Before.Select(b => b.Target));
        })) + "\n";

        Approved.Matches("plans", text.Replace(New.Digest.Brief, "NEW", StringComparison.Ordinal).Replace(Old.Brief, "OLD", StringComparison.Ordinal));
    }

    [Fact]
    public void A_first_release_takes_all_of_the_regions_traffic_and_goes_back_to_nothing()
    {
        var pipeline = Some.Pipeline();

        var plan = PlanBuilder.Build(pipeline, Stage.Canary, New, "orders-1", new("production", []));

        plan.FirstRelease.ShouldBeTrue();
        plan.Steps.ShouldHaveSingleItem().Targets.ShouldHaveSingleItem().ToString().ShouldBe($"eu-north: 2×{New.Digest.Brief} at 100 %");
        plan.Before.ShouldHaveSingleItem().Target.Versions.ShouldBeEmpty();
    }

    [Fact]
    public void Waves_after_a_canary_go_back_to_what_ran_before_the_canary()
    {
        var pipeline = Some.Pipeline();
        var now = Serving(Some.Production, Old);
        var canaried = now with
        {
            Regions = [.. now.Regions.Select(r => r.Region == "eu-north" ? r with { Versions = [.. r.Versions, Version(New.Digest, 1, TrafficShare.None)] } : r)],
        };

        var plan = PlanBuilder.Build(pipeline, Stage.RegionWaves, New, "orders-1", canaried);

        plan.Before.ShouldAllBe(b => b.Baseline == Old);
        plan.Before.Select(b => b.Region).ShouldBe(["us-east", "ap-south", "eu-west", "eu-north"]);
    }

    [Theory]
    [InlineData(1, 0.66)]
    [InlineData(2, 0.66)]
    [InlineData(3, 0.66)]
    [InlineData(10, 0.5)]
    [InlineData(7, 1)]
    [InlineData(100, 0)]
    public void No_step_of_any_plan_goes_below_the_headroom(int instances, double headroom)
    {
        var pipeline = Some.Pipeline(s => s with
        {
            Environment = s.Environment with { Regions = [.. s.Environment.Regions.Select(r => r with { Instances = instances })] },
        }) with { Headroom = new Headroom(headroom) };

        foreach (var stage in Enum.GetValues<Stage>())
        {
            var plan = PlanBuilder.Build(pipeline, stage, New, "orders-1", Serving(pipeline[stage].Environment, Old));

            PlanChecker.Check(pipeline, plan, new HashSet<ArtifactDigest> { New.Digest, Old }).ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_way_back_that_is_gone_is_found_before_the_first_effect()
    {
        var pipeline = Some.Pipeline();
        var plan = PlanBuilder.Build(pipeline, Stage.Canary, New, "orders-1", Serving(Some.Production, Old));

        PlanChecker.Check(pipeline, plan, new HashSet<ArtifactDigest> { New.Digest }).ShouldHaveSingleItem().Code.ShouldBe("TG3103");
    }

    [Fact]
    public void Bakes_shrink_after_each_step_and_never_below_their_floor()
    {
        var lengths = Enumerable.Range(0, 5).Select(i => Some.Bakes(8).Step(i).Length.TotalSeconds);

        lengths.ShouldBe([8, 4, 2, 2, 2]);
    }

    private static EnvironmentObservation Serving(DeploymentEnvironment environment, ArtifactDigest digest) => new(
        environment.Name,
        [.. environment.Regions.Select(r => new RegionObservation(r.Name, 1, Convergence.Converged, null, null, [Version(digest, r.Instances, TrafficShare.All)], []))]);

    private static VersionObservation Version(ArtifactDigest digest, int instances, TrafficShare share) =>
        new(digest, share, [.. Enumerable.Range(0, instances).Select(i => new InstanceObservation($"i{i}", InstanceState.Ready, null, 0, null))]);
}
