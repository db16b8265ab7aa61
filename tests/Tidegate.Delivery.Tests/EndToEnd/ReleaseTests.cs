using System.Diagnostics;

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>The built pipeline, run from outside on real processes with real traffic.</summary>
[Collection(nameof(EndToEnd))]
public sealed class ReleaseTests
{
    private static readonly string[] Persistent = ["beta", "gamma", "production"];
    private static readonly TimeSpan Bakes = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_goes_all_the_way_and_a_second_one_over_it_without_a_failed_request()
    {
        await using var clone = await Clone.MakeAsync("release", Bakes, Token);

        var (exit, output) = await clone.RunAsync(Token, "Canary");
        exit.ShouldBe(0, output);

        (exit, output) = await clone.RunAsync(Token, "RegionWaves");
        exit.ShouldBe(0, output);
        output.ShouldContain("Nothing to build");
        (await clone.ServingAsync("production", Token)).ShouldBe(["first light"]);

        (exit, output) = await clone.RunAsync(Token, "RegionWaves");
        exit.ShouldBe(0, output);
        output.ShouldContain("already healthy");

        (exit, output) = await clone.RunAsync(Token, ["RegionWaves", "--setting", "Orders:ReleaseName=second", .. Clone.OnlyCompile]);
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
        ProcessesOf(clone).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_build_that_is_killed_in_a_wave_and_called_again_ends_as_an_undisturbed_one()
    {
        await using var clone = await Clone.MakeAsync("kill", Bakes, Token);
        var (exit, output) = await clone.RunAsync(Token, ["Canary", .. Clone.OnlyCompile]);
        exit.ShouldBe(0, output);

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
        production.Regions.Sum(r => r.Versions[0].Instances.Count).ShouldBe(12);
        (await clone.FailedUserRequestsAsync("production", Token)).ShouldBe(0);
        ProcessesOf(clone).Count(p => p.Contains("orders/Orders.dll", StringComparison.Ordinal)).ShouldBe(1 + 2 + 12, "one for each instance of beta, gamma and production, and no orphan");
    }

    [Fact]
    public async Task Of_two_builds_on_one_environment_one_works_and_the_other_is_told_who()
    {
        await using var clone = await Clone.MakeAsync("two", Bakes, Token);
        using var first = clone.Start(["Canary", .. Clone.OnlyCompile]);
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

    [Theory]
    [InlineData("RegionWaves", "RegionWave")]
    [InlineData("--dry-run", "--dry-run", "RegionWaves")]
    [InlineData("--setting", "Canary", "--seting", "A=b")]
    [InlineData("--seed", "Canary", "--dry-run", "--seed", "many")]
    public async Task What_was_mistyped_is_exit_30_names_the_cure_and_touches_nothing(string says, params string[] arguments)
    {
        await using var clone = await Clone.MakeAsync("typo", Bakes, Token);

        var (exit, output) = await clone.RunAsync(Token, arguments);

        exit.ShouldBe(30, output);
        output.ShouldContain(says);
        Directory.Exists(Path.Combine(clone.Root, ".tidegate")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_broken_configuration_is_exit_30_with_every_problem_and_touches_nothing()
    {
        await using var clone = await Clone.MakeAsync("broken", Bakes, Token);
        var file = Path.Combine(clone.Root, "config", "delivery.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Token)).Replace("\"atMost\":0.01", "\"atMost\":7", StringComparison.Ordinal).Replace("\"headroom\":0.66", "\"hedroom\":0.66", StringComparison.Ordinal), Token);

        var (exit, output) = await clone.RunAsync(Token, "Canary");

        exit.ShouldBe(30, output);
        output.ShouldContain("hedroom");
        output.ShouldContain("atMost");
        Directory.Exists(Path.Combine(clone.Root, ".tidegate")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_dry_run_shows_the_whole_way_and_touches_nothing()
    {
        await using var clone = await Clone.MakeAsync("dry", bakes: null, Token);

        var (exit, output) = await clone.RunAsync(Token, "RegionWaves", "--dry-run", "--delivery-profile", "production");

        exit.ShouldBe(0, output);
        output.ShouldContain("wave 3 of 3");
        output.ShouldContain("final bake");
        Directory.Exists(Path.Combine(clone.Root, ".tidegate")).ShouldBeFalse();
    }

    /// <summary>Command lines of every process of this clone's cloud.</summary>
    private static List<string> ProcessesOf(Clone clone) =>
        [.. Process.GetProcesses().Select(p => Read($"/proc/{p.Id}/cmdline") + " " + Read($"/proc/{p.Id}/environ")).Where(c => c.Contains(clone.Places.Run, StringComparison.Ordinal))];

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // it ended meanwhile
        }
    }
}

/// <summary>Runs that start a whole cloud each have the machine to themselves.</summary>
[CollectionDefinition(nameof(EndToEnd), DisableParallelization = true)]
public sealed class EndToEnd;
