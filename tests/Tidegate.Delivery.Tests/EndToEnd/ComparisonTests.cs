using System.Text.RegularExpressions;

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>The sequential gate on real processes, under 200 requests/s: a small fault is found beside the running version, and a healthy release is let on by evidence.</summary>
public sealed partial class ComparisonTests(Workshop workshop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_percent_errors_of_one_endpoint_are_rolled_back_at_little_cost_and_a_healthy_release_is_promoted_by_evidence()
    {
        await using var clone = await workshop.CloneAsync("compared", Profiles.Compared, Token);
        var (exit, output) = await clone.RunAsync(Token, ["Canary", .. Clone.OnlyPackage]);
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
        output.ShouldContain("fail than in the running version");

        (exit, output) = await clone.RunAsync(Token, ["Canary", "--setting", "Orders:ReleaseName=second", .. Clone.OnlyPackage]);
        exit.ShouldBe(0, output);
        output.ShouldMatch("eu-north beside the running version: healthy: (not worse than the running version|watched long enough, and little is at stake)");

        var (release, digest) = (Released().Match(output).Groups["digest"].Value, "");
        (exit, digest) = await clone.RunAsync(Token, ["HealthGate", "--replay", release[..12]]);
        exit.ShouldBe(0, digest);
        digest.ShouldContain("then: gate default: healthy");
        digest.ShouldContain("now: gate default: healthy");
    }

    private static async Task<long> FailedAsync(Clone clone) => (await clone.ObserveAsync("production", Token)).Regions.Single(r => r.Name == "eu-north").Users.Failed;

    [GeneratedRegex(@"Canary failed: ROLLED_BACK \(exit 10\): (?<because>[^\r\n]*)")]
    private static partial Regex Ended();

    [GeneratedRegex(@"packaged orders \S+ as sha256:(?<digest>[0-9a-f]{64})")]
    private static partial Regex Released();
}
