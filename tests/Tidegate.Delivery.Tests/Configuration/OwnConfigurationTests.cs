using Tidegate.Pipeline;

namespace Tidegate.Delivery.Tests.Configuration;

/// <summary>config/delivery.json of this repository.</summary>
public sealed class OwnConfigurationTests
{
    [Theory]
    [InlineData("local")]
    [InlineData("production")]
    public void Both_profiles_load_from_the_file(string profile)
    {
        var loaded = Delivery.Loaded(DeliveryConfiguration.Load(Delivery.OwnFile, profile));

        loaded.Definition.Profile.ShouldBe(profile);
        loaded.Definition.Service.ShouldBe("orders");
        loaded.Definition.Digest.ShouldStartWith("sha256:");
        loaded.Definition.Stages.Select(s => s.Stage).ShouldBe(Enum.GetValues<Stage>());
        loaded.Definition[Stage.DeployAlpha].Environment.Ephemeral.ShouldBeTrue();
        loaded.Topology.Endpoints.ShouldContain("GET /orders/{id}");
    }

    [Fact]
    public void What_is_written_is_what_the_definition_says()
    {
        var loaded = Delivery.Loaded(Delivery.Parse(Delivery.Text));

        var canary = loaded.Definition[Stage.Canary];
        canary.CanaryShares.ShouldBe([TrafficShare.Percent(10), TrafficShare.Percent(30)]);
        canary.Bake.First.ShouldBe(TimeSpan.FromSeconds(8));
        canary.Bake.Step(1).Length.ShouldBe(TimeSpan.FromSeconds(4));
        canary.Gate.Floors["GET /products"].ShouldBe(5);
        canary.Gate.Signals.Single(s => s.Name == "errors").Rule.ShouldBe(new SignalRule.ErrorRate(0.01, 1.5));
        var order = canary.Gate.Signals.Single(s => s.Name == "order").Rule.ShouldBeOfType<SignalRule.Journey>();
        order.Steps[0].Body.ShouldBe("""{"customer":"Tidegate journey","lines":[{"sku":"LAMP-01","quantity":1}]}""");
        loaded.Topology.Users.Count.ShouldBe(4);
        loaded.Topology.Traffic.ShouldContain(new RegionTraffic("production", "us-east", 60));
        loaded.Settings.ShouldContain(new EffectiveSetting("$.profiles.local.attempts", "2", IsDefault: true));
    }

    [Fact]
    public void Local_waves_grow_one_one_two()
    {
        var production = Delivery.Loaded(DeliveryConfiguration.Load(Delivery.OwnFile, "local")).Definition[Stage.RegionWaves].Environment;

        WavePlanner.Plan(production.Regions).Select(w => w.Count).ShouldBe([1, 1, 2]);
        production.Regions.ShouldAllBe(r => r.Instances >= 2 && r.Instances <= 4);
    }

    [Fact]
    public void A_healthy_local_release_is_watched_for_less_than_a_minute_up_to_the_canary_and_again_for_the_waves()
    {
        var pipeline = Delivery.Loaded(DeliveryConfiguration.Load(Delivery.OwnFile, "local")).Definition;
        var running = ArtifactDigest.FromHash(new byte[32]);
        var candidate = new ReleaseArtifact("orders", "2", ArtifactDigest.FromHash([.. Enumerable.Repeat((byte)1, 32)]));

        // Placing a step takes one or two seconds more: room that is left up to a minute.
        double Watched(Stage stage) => PlanBuilder.Build(pipeline, stage, candidate, "orders-2", Serving(pipeline[stage].Environment, running))
            .Steps.Sum(s => (s.Bake.WarmUp + s.Bake.Length).TotalSeconds);

        Enum.GetValues<Stage>().Where(s => s != Stage.RegionWaves).Sum(Watched).ShouldBeLessThan(55);
        Watched(Stage.RegionWaves).ShouldBeLessThan(55);
    }

    [Theory]
    [InlineData(Stage.DeployBeta)]
    [InlineData(Stage.DeployGamma)]
    [InlineData(Stage.Canary)]
    public void A_leak_of_25_MiB_a_second_from_the_third_second_on_shows_within_a_local_bake(Stage stage)
    {
        var definition = Delivery.Loaded(DeliveryConfiguration.Load(Delivery.OwnFile, "local")).Definition[stage];
        var limit = definition.Gate.Signals.Select(s => s.Rule).OfType<SignalRule.MemoryGrowth>().Single().AtMostMebibytes;

        // From the start of the process: half a second to begin, the warm-up, the bake.
        var end = 0.5 + definition.Bake.WarmUp.TotalSeconds + definition.Bake.First.TotalSeconds;

        (25 * (end - 3)).ShouldBeGreaterThan(limit);
    }

    private static EnvironmentObservation Serving(DeploymentEnvironment environment, ArtifactDigest digest) => new(
        environment.Name,
        [.. environment.Regions.Select(r => new RegionObservation(r.Name, 1, Convergence.Converged, null, null, [new(digest, TrafficShare.All, [])], []))]);
}
