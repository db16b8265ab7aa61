namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>The built pipeline, run from outside on real processes with real traffic.</summary>
[Collection<DeliveredCollection>]
public sealed class ReleaseTests(Delivered delivered)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_release_whose_build_is_killed_in_a_wave_replaces_the_first_without_a_failed_request_and_is_taken_back_when_someone_asks()
    {
        var clone = delivered.Clone;
        var (exit, output) = await clone.RunAsync(Token, "RegionWaves");
        exit.ShouldBe(0, output);
        output.ShouldContain("already healthy");

        var failed = await FailedAsync();
        string[] second = ["RegionWaves", "--setting", "Orders:ReleaseName=second", .. Clone.OnlyPackage];
        using (var killed = clone.Start(second))
        {
            while (await killed.StandardOutput.ReadLineAsync(Token) is { } line && !line.Contains("wave 2 of 3", StringComparison.Ordinal))
            {
                // Undisturbed as far as the middle of the second wave.
            }

            killed.Kill();
            await killed.WaitForExitAsync(Token);
        }

        (exit, output) = await clone.RunAsync(Token, second);
        exit.ShouldBe(0, output);
        output.ShouldContain("Nothing to build");
        (await delivered.ServingAsync(Token)).ShouldBe(["second"], output);
        (await FailedAsync()).ShouldBe(failed, output);
        var production = await clone.ObserveAsync("production", Token);
        production.Regions.ShouldAllBe(r => r.Versions.Count == 1 && r.Versions[0].Weight == 10_000);
        production.Regions.Select(r => r.Versions[0].Instances.Count).ShouldBe(Profiles.Instances, ignoreOrder: true);
        clone.Processes().Count(p => p.Contains("orders/Orders.dll", StringComparison.Ordinal)).ShouldBe(1 + 2 + Profiles.Instances.Sum(), "one for each instance of beta, gamma and production, and no orphan");

        (exit, output) = await clone.RunAsync(Token, "Rollback", "--reason", "the old one was nicer");
        exit.ShouldBe(0, output);
        output.ShouldContain("taken back, as asked");
        (await delivered.ServingAsync(Token)).ShouldBe(["first light"], output);

        (exit, output) = await clone.RunAsync(Token, "Status");
        exit.ShouldBe(0, output);
        output.ShouldContain("us-east");

        // As after a restart of the machine: what was lost is brought back before anything is planned, and so is no first release.
        await clone.KillCloudAsync(Token);
        (exit, output) = await clone.RunAsync(Token, "RegionWaves");
        exit.ShouldBe(0, output);
        output.ShouldContain("already healthy");
        (await delivered.ServingAsync(Token)).ShouldBe(["first light"], output);
    }

    /// <summary>Requests of users that failed in each environment since its users began: of other tests' faulty versions too.</summary>
    private async Task<IReadOnlyList<string>> FailedAsync()
    {
        var failed = new List<string>();
        foreach (var environment in Delivered.Environments) failed.Add($"{environment} {await delivered.Clone.FailedUserRequestsAsync(environment, Token)}");
        return failed;
    }
}
