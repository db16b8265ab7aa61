using System.Text.Json.Nodes;
using Tidegate.Pipeline.Declared;

namespace Tidegate.Delivery.Tests.Configuration;

/// <summary>FAULTS.md A5, A6, E4, E5, E17, and parity: what must fit together.</summary>
public sealed class FitTests
{
    private const string Local = "profiles.local";
    private const string Stages = $"{Local}.stages";

    [Fact]
    public void Signals_environments_regions_and_endpoints_have_names_of_their_own()
    {
        Refused(t => t.At("signals[1]")["name"] = "live", Code.NameTaken, "signals[1].name");
        Refused(t => t.At($"{Local}.environments[2]")["name"] = "beta", Code.NameTaken, $"{Local}.environments[2].name");
        Refused(t => t.At($"{Local}.environments[3].regions[1]")["name"] = "eu-north", Code.NameTaken, $"{Local}.environments[3].regions[1].name");
        Refused(t => t["endpoints"]!.AsArray().Add("GET /orders/{key}"), Code.NameTaken, "endpoints[4]");
        Refused(t => Signals(t, "deployBeta").Add("live"), Code.NameTaken, $"{Stages}.deployBeta.signals[7]");
    }

    [Fact]
    public void A_profile_that_is_not_there_is_refused_with_the_nearest()
    {
        var problem = Delivery.Problems(Delivery.Parse(Delivery.Text, "prodution")).ShouldHaveSingleItem();

        problem.Code.ShouldBe(Code.UnknownProfile);
        problem.NextStep.ShouldBe("Did you mean \"production\"? Known here: local, production.");
    }

    [Fact]
    public void A_stage_names_signals_that_are_declared()
    {
        var problem = Refused(t => Signals(t, "deployAlpha")[2] = "smoek", Code.UnknownSignal, $"{Stages}.deployAlpha.signals[2]");

        problem.NextStep.ShouldStartWith("Did you mean \"smoke\"?");
    }

    [Fact]
    public void A_stage_names_an_environment_that_is_declared_and_every_environment_is_used()
    {
        Refused(t => t.At($"{Stages}.deployBeta")["environment"] = "betta", Code.UnknownEnvironment, $"{Stages}.deployBeta.environment").NextStep.ShouldStartWith("Did you mean \"beta\"?");
        Refused(t => t.At($"{Local}.environments").AsArray().Add(JsonNode.Parse("""{ "name": "delta", "regions": [{ "name": "d", "instances": 1 }] }""")), Code.EnvironmentUnused, $"{Local}.environments[4]");
    }

    [Fact]
    public void Stages_that_a_pipeline_does_not_have_are_left_out_but_one_there_is()
    {
        var loaded = Delivery.Loaded(Delivery.With(t => Keep(t, ["canary", "regionWaves"], ["production"])));

        loaded.Definition.Stages.Select(s => s.Stage).ShouldBe([Stage.Canary, Stage.RegionWaves]);
        Refused(t => Keep(t, [], []), Code.WrongCount, Stages);
    }

    [Fact]
    public void An_upgrade_test_without_gamma_would_have_nothing_to_go_up_from() => Refused(
        t => Keep(t, ["upgradeDowngradeTest", "canary", "regionWaves"], ["gamma", "production"]),
        Code.NothingToGoUpFrom,
        $"{Stages}.upgradeDowngradeTest");

    [Fact]
    public void An_environment_that_something_else_runs_is_asked_and_not_counted()
    {
        Action<JsonObject> watched = t =>
        {
            Keep(t, ["regionWaves"], ["production"]);
            foreach (var region in t.At($"{Local}.environments[0].regions").AsArray()) region!["addresses"] = new JsonArray("https://shop.example");
            t.At($"{Stages}.regionWaves")["signals"] = new JsonArray("ready", "smoke");
            t.At($"{Stages}.regionWaves").AsObject().Remove("floors");
        };

        var loaded = Delivery.Loaded(Delivery.With(watched));
        loaded.Definition[Stage.RegionWaves].Environment.Watched.ShouldBeTrue();
        loaded.Topology.Watched.ShouldAllBe(w => w.Addresses.Single() == "https://shop.example");

        Refused(watched + (t => Signals(t, "regionWaves").Add("errors")), Code.WatchedUncounted, $"{Stages}.regionWaves.signals[2]");
        Refused(watched + (t => t.At($"{Local}.environments[0].regions[1]").AsObject().Remove("addresses")), Code.WatchedInPart, $"{Local}.environments[0].regions");
    }

    [Fact]
    public void A_stage_of_shadows_alone_decides_nothing()
    {
        Refused(
            t =>
            {
                t.At("signals[0]")["role"] = "shadow";
                Signals(t, "deployAlpha").Clear();
                Signals(t, "deployAlpha").Add("live");
            },
            Code.NothingDecides,
            $"{Stages}.deployAlpha.signals");
    }

    [Theory]
    [InlineData("live", "liveness")]
    [InlineData("ready", "readiness")]
    public void Production_is_watched_by_liveness_and_readiness_that_decide(string signal, string rule)
    {
        foreach (var stage in new[] { "canary", "regionWaves" })
        {
            Refused(t => t.At("signals").AsArray().Single(s => (string?)s!["name"] == signal)!["role"] = "shadow", Code.ProductionUnwatched, $"{Stages}.{stage}.signals")
                .What.ShouldContain($"\"{rule}\"");
            Refused(t => Remove(Signals(t, stage), signal), Code.ProductionUnwatched, $"{Stages}.{stage}.signals");
        }
    }

    [Theory]
    [InlineData("canary")]
    [InlineData("regionWaves")]
    public void Gamma_and_production_are_judged_by_the_same_signals(string stage)
    {
        Refused(t => Remove(Signals(t, stage), "memory"), Code.NoParity, $"{Stages}.{stage}.signals").What.ShouldEndWith("without \"memory\".");
        Refused(t => Remove(Signals(t, "deployGamma"), "memory"), Code.NoParity, $"{Stages}.{stage}.signals").What.ShouldEndWith("and also by \"memory\".");
    }

    [Fact]
    public void Order_is_no_difference_between_signals()
    {
        Delivery.ProblemsWith(t => t.At($"{Stages}.canary")["signals"] = new JsonArray([.. Signals(t, "canary").Reverse().Select(s => s!.DeepClone())])).ShouldBeEmpty();
    }

    [Fact]
    public void Data_is_written_and_read_in_the_upgrade_downgrade_test_and_nowhere_else()
    {
        Refused(t => Signals(t, "deployBeta").Add("data"), Code.DataElsewhere, $"{Stages}.deployBeta.signals[7]");
        Refused(t => Remove(Signals(t, "upgradeDowngradeTest"), "data"), Code.DataMissing, $"{Stages}.upgradeDowngradeTest.signals");
        Refused(t => t.At("signals[7]")["role"] = "shadow", Code.DataMissing, $"{Stages}.upgradeDowngradeTest.signals");
    }

    [Fact]
    public void A_floor_is_of_an_endpoint_that_is_counted_and_can_be_met()
    {
        Refused(t => t.At($"{Stages}.deployBeta.floors")["GET /product"] = 5, Code.UnknownEndpoint, $"{Stages}.deployBeta.floors['GET /product']").NextStep.ShouldStartWith("Did you mean \"GET /products\"?");
        Refused(t => t.At($"{Stages}.deployBeta.floors")["GET /products"] = 400, Code.FloorOutOfReach, $"{Stages}.deployBeta.floors['GET /products']").What.ShouldContain("about 300 can be expected");
        Refused(t => t.At($"{Stages}.canary.floors")["GET /products"] = 60, Code.FloorOutOfReach, $"{Stages}.canary.floors['GET /products']");
        Refused(t => t.At($"{Stages}.deployAlpha")["floors"] = new JsonObject { ["GET /products"] = 1 }, Code.FloorOutOfReach, $"{Stages}.deployAlpha.floors['GET /products']");
    }

    [Fact]
    public void Alpha_is_made_for_the_artifact_and_the_others_stay()
    {
        Refused(t => t.At($"{Local}.environments[0]").AsObject().Remove("ephemeral"), Code.NotEphemeral, $"{Stages}.deployAlpha.environment");
        Refused(t => t.At($"{Local}.environments[1]")["ephemeral"] = true, Code.NotPersistent, $"{Stages}.deployBeta.environment");
    }

    [Fact]
    public void Alpha_beta_gamma_and_production_are_four_places()
    {
        Refused(t => t.At($"{Stages}.deployBeta")["environment"] = "gamma", Code.EnvironmentShared, $"{Stages}.deployGamma.environment");
        Refused(t => t.At($"{Stages}.deployBeta")["environment"] = "production", Code.EnvironmentShared, $"{Stages}.canary.environment");
    }

    [Fact]
    public void The_upgrade_downgrade_test_goes_to_gamma_and_waves_go_where_the_canary_went()
    {
        Refused(t => t.At($"{Stages}.upgradeDowngradeTest")["environment"] = "beta", Code.EnvironmentApart, $"{Stages}.upgradeDowngradeTest.environment");
        Refused(t => t.At($"{Stages}.regionWaves")["environment"] = "gamma", Code.EnvironmentApart, $"{Stages}.regionWaves.environment");
    }

    [Fact]
    public void Waves_that_are_written_out_reach_every_region_once()
    {
        Delivery.ProblemsWith(Waves("""[["eu-north"], ["eu-west"], ["ap-south", "us-east"]]""")).ShouldBeEmpty();
        Delivery.ProblemsWith(Waves("""[["eu-north", "eu-west"], ["ap-south"], ["us-east"]]""")).ShouldBeEmpty();

        Refused(Waves("""[["eu-north"], ["eu-west"], ["ap-south"]]"""), Code.WaveMissesRegion, $"{Stages}.regionWaves.waves").What.ShouldBe("no wave releases to us-east.");
        Refused(Waves("""[["eu-north"], ["eu-west"], ["ap-south", "us-east", "eu-west"]]"""), Code.RegionInTwoWaves, $"{Stages}.regionWaves.waves[2][2]");
        Refused(Waves("""[["eu-nroth"], ["eu-west"], ["ap-south", "us-east"]]"""), Code.UnknownRegion, $"{Stages}.regionWaves.waves[0][0]").NextStep.ShouldStartWith("Did you mean \"eu-north\"?");
        Refused(Waves("""[["eu-north"], [], ["eu-west", "ap-south", "us-east"]]"""), Code.WrongCount, $"{Stages}.regionWaves.waves[1]");
    }

    [Fact]
    public void A_canary_is_a_small_part_of_the_smallest_region_and_its_share_rises()
    {
        Refused(t => t.At($"{Stages}.canary")["instances"] = 3, Code.CanaryTooLarge, $"{Stages}.canary.instances");
        Refused(t => t.At($"{Stages}.canary")["shares"] = new JsonArray(10, 10), Code.SharesNotAscending, $"{Stages}.canary.shares[1]");
        Refused(t => t.At($"{Stages}.canary")["shares"] = new JsonArray(10, 30, 20), Code.SharesNotAscending, $"{Stages}.canary.shares[2]");
        Refused(t => t.At($"{Stages}.canary")["shares"] = new JsonArray(10, 51), Code.WrongNumber, $"{Stages}.canary.shares[1]");
        Refused(t => t.At($"{Stages}.canary")["shares"] = new JsonArray(33.333), Code.WrongNumber, $"{Stages}.canary.shares[0]");
    }

    [Fact]
    public void A_bakes_numbers_agree()
    {
        Refused(t => t.At($"{Stages}.canary.bake")["floor"] = "9s", Code.BakeFloorTooLong, $"{Stages}.canary.bake.floor");
        Refused(t => t.At($"{Stages}.canary.bake")["sampleEvery"] = "9s", Code.BakeSampledTooRarely, $"{Stages}.canary.bake.sampleEvery");
        Refused(t => t.At($"{Stages}.canary.bake")["factor"] = 1, Code.BakeFactorWrong, $"{Stages}.canary.bake.factor");
        Refused(t => t.At($"{Stages}.deployBeta.bake")["factor"] = 0.5, Code.BakeFactorWrong, $"{Stages}.deployBeta.bake.factor");
        Refused(Grows(0.5), Code.BakeFactorWrong, $"{Stages}.regionWaves.bake.factor");
        Refused(Grows(10), Code.BakeGrowsTooLong, $"{Stages}.regionWaves.bake.change");
        Delivery.ProblemsWith(Grows(1.5)).ShouldBeEmpty();
    }

    [Fact]
    public void A_comparisons_numbers_agree()
    {
        Delivery.ProblemsWith(Compared("""{ "warmUp": "30s", "minimum": "1m", "shadow": { "name": "bolder", "falseAlarm": 0.05 } }""")).ShouldBeEmpty();

        Refused(Compared("""{ "warmUp": "30s", "minimum": "30s" }"""), Code.ComparisonContradicts, $"{Local}.comparison.minimum");
        Refused(Compared("""{ "minimum": "20m", "cap": "10m" }"""), Code.ComparisonContradicts, $"{Local}.comparison.cap");
        Refused(Compared("""{ "latencyTolerance": 3, "latencyMargin": 2 }"""), Code.ComparisonContradicts, $"{Local}.comparison.latencyMargin");
        Refused(Compared("""{ "sampleEvery": "1m" }"""), Code.BakeSampledTooRarely, $"{Local}.comparison.sampleEvery");
        Refused(Compared("""{ "shadow": { "name": "default" } }"""), Code.NameTaken, $"{Local}.comparison.shadow.name");
        Refused(Compared("""{ "shadow": { "name": "slower", "sampleEvery": "10s" } }"""), Code.ComparisonContradicts, $"{Local}.comparison.shadow.sampleEvery");
        Refused(Compared("""{ "tolerance": 0.9 }"""), Code.WrongNumber, $"{Local}.comparison.tolerance");
    }

    [Fact]
    public void Where_versions_are_compared_a_canary_has_one_share_and_others_are_no_silent_wish()
    {
        var refused = Refused(Compared("{}", "[10, 30]"), Code.SettingUnread, $"{Stages}.canary.shares[0]");

        refused.NextStep.ShouldContain("[30]");
        Delivery.ProblemsWith(t =>
        {
            Compared("{}", "[10, 30]")(t);
            t.At($"{Stages}.canary")["compared"] = false;
        }).ShouldBeEmpty();
    }

    [Fact]
    public void Synthetic_users_ask_endpoints_that_are_counted()
    {
        Refused(t => t.At($"{Local}.users[0]")["path"] = "/product", Code.UnknownEndpoint, $"{Local}.users[0].path").NextStep.ShouldStartWith("Did you mean \"GET /products\"?");
        Refused(t => t.At($"{Local}.users[0]")["method"] = "DELETE", Code.UnknownEndpoint, $"{Local}.users[0].path");
        Refused(t => t.At($"{Local}.users[0]")["body"] = new JsonObject(), Code.UserBodyUnsent, $"{Local}.users[0].body");
        Refused(t => t.At($"{Local}.users").AsArray().ToList().ForEach(u => u!["weight"] = 0), Code.UsersIdle, $"{Local}.users[0].weight");
        Delivery.ProblemsWith(t => t.At($"{Local}.users[2]")["path"] = "/orders/7?details=true").ShouldBeEmpty();
    }

    [Fact]
    public void A_profile_that_is_not_chosen_is_checked_as_well()
    {
        Delivery.ProblemsWith(t => t.At("profiles.production.stages.canary")["instances"] = 7, "local").ShouldHaveSingleItem().Where.ShouldContain("$.profiles.production.");
    }

    private static Problem Refused(Action<JsonObject> change, string code, string where) =>
        Delivery.ProblemsWith(change).Single(p => p.Code == code && p.Where == $"config/delivery.json $.{where}");

    /// <summary>Leaves nothing in the local profile but these stages and environments.</summary>
    private static void Keep(JsonObject tree, string[] stages, string[] environments)
    {
        var all = tree.At(Stages).AsObject();
        foreach (var stage in all.Select(s => s.Key).Except(stages).ToList()) all.Remove(stage);
        var places = tree.At($"{Local}.environments").AsArray();
        foreach (var place in places.Where(e => !environments.Contains((string?)e!["name"])).ToList()) places.Remove(place);
    }

    private static JsonArray Signals(JsonNode tree, string stage) => tree.At($"{Stages}.{stage}.signals").AsArray();

    private static void Remove(JsonArray names, string name) => names.Remove(names.Single(n => (string?)n == name));

    private static Action<JsonObject> Waves(string waves) => t => t.At($"{Stages}.regionWaves")["waves"] = JsonNode.Parse(waves);

    private static Action<JsonObject> Compared(string comparison, string shares = "[30]") => t =>
    {
        t.At(Local)["comparison"] = JsonNode.Parse(comparison);
        t.At($"{Stages}.canary")["shares"] = JsonNode.Parse(shares);
    };

    private static Action<JsonObject> Grows(double factor) => t =>
    {
        var bake = t.At($"{Stages}.regionWaves.bake");
        bake["change"] = "grow";
        bake["factor"] = factor;
        bake["first"] = "12h";
        bake.AsObject().Remove("floor");
    };
}
