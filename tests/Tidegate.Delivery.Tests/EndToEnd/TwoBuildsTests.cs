namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>A build that another is in the way of; and what is left when all is taken down.</summary>
public sealed class TwoBuildsTests(Workshop workshop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

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

        (exit, output) = await clone.RunAsync(Token, "LocalDown");
        exit.ShouldBe(0, output);
        clone.Processes().ShouldBeEmpty();
    }
}
