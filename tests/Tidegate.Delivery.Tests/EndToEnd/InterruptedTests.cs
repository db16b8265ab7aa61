namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>A build that is killed, and one that another is in the way of.</summary>
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

    [Fact]
    public async Task Of_two_builds_on_one_environment_one_works_and_the_other_is_told_who()
    {
        await using var clone = await workshop.CloneAsync("two", Profiles.Bakes3, Token); // the first owns it for as long as the second takes to start
        using var first = clone.Start("Canary");
        while (await first.StandardOutput.ReadLineAsync(Token) is { } line && !line.Contains("DeployAlpha of ", StringComparison.Ordinal))
        {
            // Up to the first stage that owns an environment.
        }

        var (exit, output) = await clone.RunAsync(Token, "DeployAlpha");

        exit.ShouldBe(41, output);
        output.ShouldContain($"process {first.Id}");
        await first.StandardOutput.ReadToEndAsync(Token);
        await first.WaitForExitAsync(Token);
        first.ExitCode.ShouldBe(0);
    }
}
