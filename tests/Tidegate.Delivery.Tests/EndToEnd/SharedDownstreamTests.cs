using Tidegate.Platforms.Local;

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>An incident of what both versions need is not the release's fault.</summary>
public sealed class SharedDownstreamTests(Workshop workshop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shared_downstream_that_is_down_for_both_versions_holds_and_rolls_nothing_back()
    {
        await using var clone = await workshop.CloneAsync("shared", Profiles.CanaryOnly, Token);
        string[] shared = ["--setting", "Dependency:catalog:Sharing=shared"];
        var (exit, output) = await clone.RunAsync(Token, ["Canary", .. shared, .. Clone.OnlyPackage]);
        exit.ShouldBe(0, output);
        string[] second = [.. shared, "Orders:ReleaseName=second", .. Clone.OnlyPackage];

        using var client = new LocalCloudClient(clone.Places);
        (await client.SwitchAsync("production", "catalog", on: false, Token)).ShouldBeNull();
        (exit, output) = await clone.RunAsync(Token, ["Canary", .. second]);

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
        (exit, output) = await clone.RunAsync(Token, ["Canary", .. shared, "Orders:ReleaseName=third", "Faults:StrayCatalogCalls=0.5", .. Clone.OnlyPackage]);
        exit.ShouldBe(10, output);
        output.ShouldContain("Canary failed: ROLLED_BACK (exit 10): catalog-calls, region eu-north: ");
        output.ShouldContain("; the running version 0 of ");
        (await clone.ServingAsync("production", Token)).ShouldNotContain("third");
    }

    /// <summary>How many versions run in the region that the canary begins in.</summary>
    private static async Task<int> CanaryAsync(Clone clone) =>
        (await clone.ObserveAsync("production", Token)).Regions.Single(r => r.Name == "eu-north").Versions.Count;
}
