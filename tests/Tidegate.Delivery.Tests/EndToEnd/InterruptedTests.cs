namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>A build that is killed, and called again.</summary>
public sealed class InterruptedTests(Workshop workshop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_build_that_is_killed_in_a_wave_and_called_again_ends_as_an_undisturbed_one()
    {
        await using var clone = await workshop.CloneAsync("kill", Profiles.Bakes1, Token);
        var (exit, output) = await clone.RunAsync(Token, "Canary");
        exit.ShouldBe(0, output);
        output.ShouldContain("Nothing to build");

        using (var killed = clone.Start("RegionWaves"))
        {
            while (await killed.StandardOutput.ReadLineAsync(Token) is { } line && !line.Contains("wave 2 of 3", StringComparison.Ordinal))
            {
                // Up to the middle of the second wave.
            }

            killed.Kill();
            await killed.WaitForExitAsync(Token);
        }

        (exit, output) = await clone.RunAsync(Token, "RegionWaves");

        exit.ShouldBe(0, output);
        var production = await clone.ObserveAsync("production", Token);
        production.Regions.ShouldAllBe(r => r.Versions.Count == 1 && r.Versions[0].Weight == 10_000);
        production.Regions.Sum(r => r.Versions[0].Instances.Count).ShouldBe(Profiles.Instances.Sum());
        (await clone.FailedUserRequestsAsync("production", Token)).ShouldBe(0);
        clone.Processes().Count(p => p.Contains("orders/Orders.dll", StringComparison.Ordinal)).ShouldBe(1 + 2 + Profiles.Instances.Sum(), "one for each instance of beta, gamma and production, and no orphan");

        (exit, output) = await clone.RunAsync(Token, "LocalDown");
        exit.ShouldBe(0, output);
        clone.Processes().ShouldBeEmpty();
    }
}
