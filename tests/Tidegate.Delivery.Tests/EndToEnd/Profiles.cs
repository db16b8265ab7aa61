using System.Text.Json.Nodes;

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>The profiles that a clone's configuration has beside the repository's own. All clones have all of them, so they have the same commit, and so the same artifact.</summary>
public static class Profiles
{
    /// <summary>Fixed bakes as short as they can be, for tests that are about neither bakes nor what is measured in them: nothing warms up, and so nobody minds a slow first answer.</summary>
    public const string Bakes1 = "bakes-of-1s";

    /// <summary>Longer ones, in which a fault is seen by the first stage that can see it.</summary>
    public const string Bakes3 = "bakes-of-3s";

    /// <summary>From alpha straight to the canary, which so is the first to see what goes wrong between two versions.</summary>
    public const string CanaryOnly = "canary-only";

    /// <summary>The same, judged by comparison under the requests of <see cref="RequestsPerSecond"/>.</summary>
    public const string Compared = "compared";

    /// <summary>In production's four regions, with the short bakes.</summary>
    public static readonly IReadOnlyList<int> Instances = [2, 1, 1, 1];

    /// <summary>Of the region in which the canary of <see cref="Compared"/> stands.</summary>
    public const int RequestsPerSecond = 200;

    public static void AddTo(JsonObject profiles)
    {
        var local = profiles["local"]!;
        profiles.Add(Bakes1, Short(local, warmUp: 0, seconds: 1, most: 60, requests: 8));
        profiles.Add(Bakes3, Short(local, warmUp: 1, seconds: 3, most: 20, requests: 8));
        var canary = Short(local, warmUp: 1, seconds: 2, most: 10, requests: 15); // an incident holds when the bake has lasted ten times that
        KeepCanary(canary);
        profiles.Add(CanaryOnly, canary);
        profiles.Add(Compared, Busy(local));
    }

    /// <param name="requests">Of users in the first region, each second; each further region has one more.</param>
    private static JsonObject Short(JsonNode local, int warmUp, int seconds, int most, int requests)
    {
        var profile = local.DeepClone().AsObject();
        profile.Remove("comparison");
        foreach (var (region, instances) in Production(profile).Zip(Instances)) // as many waves as ever, of smaller regions
        {
            region["instances"] = instances;
            region["requestsPerSecond"] = requests++; // the canary begins in the first, which so has the fewest
        }

        profile["stages"]!["canary"]!["shares"] = new JsonArray(25, 50); // of so few requests, a tenth would take long
        foreach (var (_, stage) in profile["stages"]!.AsObject())
        {
            var bake = stage!["bake"]!.AsObject();
            bake["first"] = Words.Seconds(TimeSpan.FromSeconds(seconds));
            bake["floor"] = Words.Seconds(TimeSpan.FromSeconds(seconds));
            bake["maximumFactor"] = most;
            bake["sampleEvery"] = "250ms";
            if (bake.ContainsKey("warmUp")) bake["warmUp"] = Words.Seconds(TimeSpan.FromSeconds(warmUp));
            if (stage["floors"] is not null) stage["floors"] = new JsonObject { ["GET /products"] = 5 };
            if (warmUp == 0) stage["signals"] = new JsonArray([.. stage["signals"]!.AsArray().Select(s => (string)s!).Where(s => s != "latency").Select(s => (JsonNode)s)]);
        }

        return profile;
    }

    /// <summary>Users of one region, of whom one in ten asks the endpoint that is going to fail; the margins are those of the measured
    /// defaults, and only the times are shorter.</summary>
    private static JsonObject Busy(JsonNode local)
    {
        var profile = local.DeepClone().AsObject();
        KeepCanary(profile);
        profile["users"] = JsonNode.Parse("""[{ "method": "GET", "path": "/", "weight": 10 }, { "method": "GET", "path": "/orders/recent", "weight": 90 }]""");
        profile["comparison"] = JsonNode.Parse("""{ "warmUp": "5s", "minimum": "15s", "lowTraffic": "1m", "cap": "1m", "sampleEvery": "500ms", "reaction": "3s", "latencyTolerance": 33, "latencyMargin": 41 }""");

        // The others stay empty: a first canary releases into the region with the least traffic alone.
        foreach (var region in Production(profile))
        {
            region["requestsPerSecond"] = (string?)region["name"] == "eu-north" ? RequestsPerSecond : 1 + RequestsPerSecond;
        }

        var stage = profile["stages"]!["canary"]!.AsObject();
        stage.Remove("floors");
        stage["signals"] = new JsonArray("live", "ready", "errors", "latency");
        return profile;
    }

    private static IEnumerable<JsonNode> Production(JsonObject profile) =>
        profile["environments"]!.AsArray().Single(e => (string?)e!["name"] == "production")!["regions"]!.AsArray().Select(r => r!);

    private static void KeepCanary(JsonObject profile)
    {
        var stages = profile["stages"]!.AsObject();
        foreach (var stage in new[] { "deployBeta", "upgradeDowngradeTest", "deployGamma", "regionWaves" }) stages.Remove(stage);

        var environments = profile["environments"]!.AsArray();
        foreach (var unused in environments.Where(e => (string?)e!["name"] is "beta" or "gamma").ToList()) environments.Remove(unused);
    }
}
