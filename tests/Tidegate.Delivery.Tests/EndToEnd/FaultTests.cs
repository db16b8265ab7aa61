using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tidegate.Platforms.Local;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>Orders is released with each of its faults over a good version. The table in docs/faults.md is what this test sees:
/// <c>TIDEGATE_APPROVE=1 dotnet run --project tests/Tidegate.Delivery.Tests -- -class Tidegate.Delivery.Tests.EndToEnd.FaultTests</c> writes it anew.</summary>
[Collection(nameof(EndToEnd))]
public sealed partial class FaultTests
{
    private static readonly string[] Persistent = ["beta", "gamma", "production"];

    private static readonly (string Fault, string[] Settings)[] Faults =
    [
        ("crash at start", ["Faults:CrashAtStart=true"]),
        ("missing setting", ["Orders:Currency="]),
        ("its own downstream switched off", ["Dependency:catalog:SwitchedOff=true"]),
        ("errors: 90 % of one endpoint", ["Faults:ErrorRate=0.9", "Faults:ErrorEndpoint=GET /"]),
        ("latency: 800 ms on one endpoint", ["Faults:LatencyMilliseconds=800", "Faults:LatencyEndpoint=GET /"]),
        ("broken calls to its catalog, unseen by users", ["Faults:StrayCatalogCalls=0.5"]),
        ("leak: 60 MiB/s from second 2 on", ["Faults:LeakMegabytesPerSecond=60", "Faults:LeakAfterSeconds=2"]),
        ("data that the version before cannot read", ["Faults:OrderFormat=2"]),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_fault_is_stopped_by_the_stage_that_first_sees_it_and_the_good_version_serves_on()
    {
        await using var clone = await Clone.MakeAsync("faults", TimeSpan.FromSeconds(3), Token);
        var (exit, output) = await clone.RunAsync(Token, ["RegionWaves", .. Clone.OnlyCompile]);
        exit.ShouldBe(0, output);

        var table = new StringBuilder("| fault of the new version | stopped in | by | exit | served afterwards |\n| --- | --- | --- | ---: | --- |\n");
        foreach (var (fault, settings) in Faults)
        {
            (exit, output) = await clone.RunAsync(Token, ["RegionWaves", "--setting", .. settings, .. Clone.OnlyCompile]);
            var serving = new List<string>();
            foreach (var environment in Persistent) serving.AddRange(await clone.ServingAsync(environment, Token));

            exit.ShouldBe(10, $"{fault}\n{output}");
            serving.Distinct().ShouldBe(["first light"], $"{fault}\n{output}");
            table.Append('|').AppendJoin('|', $" {fault} ", $" {StageOf(output)} ", $" {SignalOf(output)} ", $" {exit} ", " the good version, everywhere ").Append("|\n");
        }

        Approved.Matches(Repository.File("docs", "faults.md"), Page(table.ToString()), beside: false);
    }

    [Fact]
    public async Task A_shared_downstream_that_is_down_for_both_versions_holds_and_rolls_nothing_back()
    {
        await using var clone = await Clone.MakeAsync("shared", TimeSpan.FromSeconds(2), OnlyProductionWatchesCalls, Token);
        string[] shared = ["--setting", "Dependency:catalog:Sharing=shared"];
        (await clone.RunAsync(Token, ["RegionWaves", .. shared, .. Clone.OnlyCompile])).Exit.ShouldBe(0);
        string[] second = [.. shared, "Orders:ReleaseName=second", .. Clone.OnlyCompile];
        (await clone.RunAsync(Token, ["DeployGamma", .. second])).Exit.ShouldBe(0);

        using var client = new LocalCloudClient(clone.Places);
        (await client.SwitchAsync("production", "catalog", on: false, Token)).ShouldBeNull();
        var (exit, output) = await clone.RunAsync(Token, ["Canary", .. second]);

        exit.ShouldBe(20, output);
        output.ShouldContain("not begun, nothing was touched");
        output.ShouldContain("the shared dependency catalog is down");
        (await CanaryAsync(clone)).ShouldBe(1);

        (await client.SwitchAsync("production", "catalog", on: true, Token)).ShouldBeNull();
        var canary = clone.RunAsync(Token, ["Canary", .. second]);
        while (!canary.IsCompleted && await CanaryAsync(clone) < 2) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Token);
        (await client.SwitchAsync("production", "catalog", on: false, Token)).ShouldBeNull();
        (exit, output) = await canary;

        exit.ShouldBe(20, output);
        output.ShouldContain("the shared dependency catalog is down");
        (await CanaryAsync(clone)).ShouldBe(2, "the canary stays where it was");

        (await client.SwitchAsync("production", "catalog", on: true, Token)).ShouldBeNull();
        (exit, output) = await clone.RunAsync(Token, ["Canary", .. second]);
        exit.ShouldBe(0, output);

        // The catalog is well, and only the third version's calls to it fail: its own fault, though no user sees it.
        (exit, output) = await clone.RunAsync(Token, ["Canary", .. shared, "Orders:ReleaseName=third", "Faults:StrayCatalogCalls=0.5", .. Clone.OnlyCompile]);
        exit.ShouldBe(10, output);
        output.ShouldContain("Canary failed: ROLLED_BACK (exit 10): catalog-calls, region eu-north: ");
        output.ShouldContain("; the running version 0 of ");
        (await clone.ServingAsync("production", Token)).ShouldNotContain("third");
    }

    /// <summary>So that the canary, where the running version serves beside it, is the first to see them.</summary>
    private static void OnlyProductionWatchesCalls(JsonObject stages)
    {
        foreach (var stage in new[] { "deployBeta", "deployGamma" })
        {
            var signals = stages[stage]!["signals"]!.AsArray();
            signals.Remove(signals.Single(s => (string?)s == "catalog-calls"));
        }

        stages["deployGamma"]!["differs"] = new JsonObject { ["catalog-calls"] = new JsonObject { ["because"] = "this test is about the canary" } };
    }

    /// <summary>How many versions run in the region that the canary begins in.</summary>
    private static async Task<int> CanaryAsync(Clone clone) =>
        (await clone.ObserveAsync("production", Token)).Regions.Single(r => r.Name == "eu-north").Versions.Count;

    private static string StageOf(string output) => Ended().Match(output) is { Success: true } match ? match.Groups["stage"].Value : "?";

    private static string SignalOf(string output) => Ended().Match(output) is { Success: true } match ? Reason(match.Groups["because"].Value) : "?";

    /// <summary>The signal that decided; numbers differ from run to run.</summary>
    private static string Reason(string because) =>
        because.Contains("before it was ready", StringComparison.Ordinal) || because.Contains("exited", StringComparison.Ordinal) ? "it did not start" : because.Split(':', ',')[0];

    private static string Page(string table) => $"""
        # Faults

        Orders, released with each of its faults over a good version, on the embedded platform, with the local profile's bakes cut to 3 s.
        This page is what the test `FaultTests` sees; this command writes it anew:

        ```bash
        TIDEGATE_APPROVE=1 dotnet run --project tests/Tidegate.Delivery.Tests -- -class Tidegate.Delivery.Tests.EndToEnd.FaultTests
        ```

        {table}
        A downstream that both versions share and that is switched off for both is not the release's fault: exit 20, nothing is rolled back,
        and calling again when it is back goes on. When it is down before the release began, nothing is touched (the other test of the same class).

        """;

    [GeneratedRegex(@"(?<stage>\w+) failed: ROLLED_BACK \(exit 10\): (?<because>[^\r\n]*)")]
    private static partial Regex Ended();
}
