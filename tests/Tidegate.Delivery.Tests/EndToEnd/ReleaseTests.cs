namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>The built pipeline, run from outside on real processes with real traffic.</summary>
public sealed class ReleaseTests
{
    private static readonly string[] Persistent = ["beta", "gamma", "production"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_goes_all_the_way_and_a_second_one_over_it_without_a_failed_request()
    {
        await using var clone = await Clone.MakeAsync("release", Profiles.Bakes1, Token);

        var (exit, output) = await clone.RunAsync(Token, "Canary");
        exit.ShouldBe(0, output);

        (exit, output) = await clone.RunAsync(Token, "RegionWaves");
        exit.ShouldBe(0, output);
        output.ShouldContain("Nothing to build");
        (await clone.ServingAsync("production", Token)).ShouldBe(["first light"]);

        (exit, output) = await clone.RunAsync(Token, "RegionWaves");
        exit.ShouldBe(0, output);
        output.ShouldContain("already healthy");

        (exit, output) = await clone.RunAsync(Token, ["RegionWaves", "--setting", "Orders:ReleaseName=second", .. Clone.OnlyPackage]);
        exit.ShouldBe(0, output);
        foreach (var environment in Persistent)
        {
            (await clone.ServingAsync(environment, Token)).ShouldBe(["second"], environment);
            (await clone.FailedUserRequestsAsync(environment, Token)).ShouldBe(0, environment);
        }

        (exit, output) = await clone.RunAsync(Token, "Rollback", "--reason", "the old one was nicer");
        exit.ShouldBe(10, output);
        foreach (var environment in Persistent) (await clone.ServingAsync(environment, Token)).ShouldBe(["first light"], environment);

        (exit, output) = await clone.RunAsync(Token, "Status");
        exit.ShouldBe(0, output);
        output.ShouldContain("us-east");

        (exit, output) = await clone.RunAsync(Token, "LocalDown");
        exit.ShouldBe(0, output);
        clone.Processes().ShouldBeEmpty();
    }
}
