using System.Text;
using System.Text.RegularExpressions;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>Orders is released with each of its faults over a good version. The table in docs/faults.md is what this test sees:
/// <c>TIDEGATE_APPROVE=1 dotnet run --project tests/Tidegate.Delivery.Tests -- -class Tidegate.Delivery.Tests.EndToEnd.FaultTests</c> writes it anew.</summary>
[Collection<DeliveredCollection>]
public sealed partial class FaultTests(Delivered delivered)
{
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
        var table = new StringBuilder("| fault of the new version | stopped in | by | exit | served afterwards |\n| --- | --- | --- | ---: | --- |\n");
        foreach (var (fault, settings) in Faults)
        {
            var (exit, output) = await delivered.Clone.RunAsync(Token, ["RegionWaves", "--delivery-profile", Profiles.Bakes3, "--setting", .. settings, .. Clone.OnlyPackage]);
            var serving = await delivered.ServingAsync(Token);

            exit.ShouldBe(10, $"{fault}\n{output}");
            serving.ShouldBe(["first light"], $"{fault}\n{output}");
            table.Append('|').AppendJoin('|', $" {fault} ", $" {StageOf(output)} ", $" {SignalOf(output)} ", $" {exit} ", " the good version, everywhere ").Append("|\n");
        }

        Approved.Matches(Repository.File("docs", "faults.md"), Page(table.ToString()), beside: false);
    }

    private static string StageOf(string output) => Ended().Match(output) is { Success: true } match ? match.Groups["stage"].Value : "?";

    private static string SignalOf(string output) => Ended().Match(output) is { Success: true } match ? Reason(match.Groups["because"].Value) : "?";

    /// <summary>The signal that decided; numbers differ from run to run.</summary>
    private static string Reason(string because) =>
        because.Contains("before it was ready", StringComparison.Ordinal) || because.Contains("exited", StringComparison.Ordinal) ? "it did not start" : because.Split(':', ',')[0];

    private static string Page(string table) => $$"""
        # Faults

        Orders, released with each of its faults over a good version, on the embedded platform, with the local profile's bakes cut to 3 s, and smaller regions.
        This page is what the test `FaultTests` sees; this command writes it anew:

        ```bash
        TIDEGATE_APPROVE=1 dotnet run --project tests/Tidegate.Delivery.Tests -- -class Tidegate.Delivery.Tests.EndToEnd.FaultTests
        ```

        {{table}}
        A downstream that both versions share and that is switched off for both is not the release's fault: exit 20, nothing is rolled back,
        and calling again when it is back goes on. When it is down before the release began, nothing is touched (`SharedDownstreamTests`).
        To see it, release with `--setting Dependency:catalog:Sharing=shared` twice, the second time with another setting beside it, and meanwhile switch the catalog
        of all regions off; with `true` it is on again:

        ```bash
        curl --fail-with-body --unix-socket "$(cat .tidegate/local/run)/cloud.sock" --request PUT --data '{"on":false}' http://cloud/v1/environments/production/dependencies/catalog
        ```

        """;

    [GeneratedRegex(@"(?<stage>\w+) failed: ROLLED_BACK \(exit 10\): (?<because>[^\r\n]*)")]
    private static partial Regex Ended();
}
