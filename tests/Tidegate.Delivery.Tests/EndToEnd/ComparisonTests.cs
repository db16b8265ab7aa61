using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>The sequential gate on real processes, under 200 requests/s: a small fault is found beside the running version, and a healthy release is let on by evidence.</summary>
public sealed partial class ComparisonTests
{
    private const int RequestsPerSecond = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_percent_errors_of_one_endpoint_are_rolled_back_at_little_cost_and_a_healthy_release_is_promoted_by_evidence()
    {
        await using var clone = await Clone.MakeAsync("compared", bakes: null, Busy, Token);
        var (exit, output) = await clone.RunAsync(Token, ["Canary", .. Clone.OnlyCompile]);
        exit.ShouldBe(0, output);
        var before = await FailedAsync(clone);

        (exit, output) = await clone.RunAsync(Token, ["Canary", "--setting", "Faults:ErrorRate=0.05", "Faults:ErrorEndpoint=GET /", .. Clone.OnlyPackage]);

        exit.ShouldBe(10, output);
        Ended().Match(output).Groups["because"].Value.ShouldContain("fail", customMessage: output);
        (await clone.ServingAsync("production", Token)).ShouldBe(["first light"]);
        (await FailedAsync(clone) - before).ShouldBeInRange(1, 99, output);

        (exit, output) = await clone.RunAsync(Token, ["Explain"]);
        exit.ShouldBe(0, output);
        output.ShouldContain("ruled out");
        output.ShouldContain("roll back");

        (exit, output) = await clone.RunAsync(Token, ["Canary", "--setting", "Orders:ReleaseName=second", .. Clone.OnlyPackage]);
        exit.ShouldBe(0, output);
        output.ShouldMatch("eu-north beside the running version: healthy: (shown not to be harmful|watched long enough, and little is at stake)");

        var (release, digest) = (Released().Match(output).Groups["digest"].Value, "");
        (exit, digest) = await clone.RunAsync(Token, ["HealthGate", "--replay", release[..12]]);
        exit.ShouldBe(0, digest);
        digest.ShouldContain("then: gate default: healthy");
        digest.ShouldContain("now: gate default: healthy");
    }

    /// <summary>Users of one region, of whom one in ten asks the endpoint that is going to fail; the margins are those of the measured
    /// defaults, and only the times are shorter.</summary>
    private static void Busy(JsonObject stages)
    {
        var profile = (JsonObject)stages.Parent!;
        profile["users"] = JsonNode.Parse("""[{ "method": "GET", "path": "/", "weight": 10 }, { "method": "GET", "path": "/orders/recent", "weight": 90 }]""");
        profile["comparison"] = JsonNode.Parse("""{ "warmUp": "5s", "minimum": "15s", "lowTraffic": "1m", "cap": "1m", "sampleEvery": "500ms", "reaction": "3s", "latencyTolerance": 4, "latencyMargin": 5 }""");
        foreach (var environment in profile["environments"]!.AsArray())
        {
            foreach (var region in environment!["regions"]!.AsArray().Where(r => r!["requestsPerSecond"] is not null)) region!["requestsPerSecond"] = (string?)region["name"] == "eu-north" ? RequestsPerSecond : 1 + RequestsPerSecond;
        }

        // The others stay empty: a first canary releases into the region with the least traffic alone.
        foreach (var (name, stage) in stages)
        {
            stage!.AsObject().Remove("floors");
            stage.AsObject().Remove("differs");
            if (name is "deployBeta" or "deployGamma") stage["compared"] = false;
            if (name is "deployBeta" or "deployGamma" or "canary" or "regionWaves") stage["signals"] = new JsonArray("live", "ready", "errors", "latency");
        }

        foreach (var environment in profile["environments"]!.AsArray().Where(e => (string?)e!["name"] is "beta" or "gamma")) environment!["regions"]![0]!["requestsPerSecond"] = 20;
    }

    private static async Task<long> FailedAsync(Clone clone) => (await clone.ObserveAsync("production", Token)).Regions.Single(r => r.Name == "eu-north").Users.Failed;

    [GeneratedRegex(@"Canary failed: ROLLED_BACK \(exit 10\): (?<because>[^\r\n]*)")]
    private static partial Regex Ended();

    [GeneratedRegex(@"packaged orders \S+ as sha256:(?<digest>[0-9a-f]{64})")]
    private static partial Regex Released();
}
