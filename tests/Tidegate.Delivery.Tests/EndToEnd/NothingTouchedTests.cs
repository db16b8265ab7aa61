namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>Runs that must not touch anything: what cannot be understood, and a dry run.</summary>
public sealed class NothingTouchedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RegionWaves", "RegionWave")]
    [InlineData("--dry-run", "--dry-run", "RegionWaves")]
    [InlineData("--setting", "Canary", "--seting", "A=b")]
    [InlineData("--seed", "Canary", "--dry-run", "--seed", "many")]
    public async Task What_was_mistyped_is_exit_30_names_the_cure_and_touches_nothing(string says, params string[] arguments)
    {
        await using var clone = await Clone.MakeAsync("typo", Profiles.Bakes1, Token);

        var (exit, output) = await clone.RunAsync(Token, arguments);

        exit.ShouldBe(30, output);
        output.ShouldContain(says);
        Directory.Exists(Path.Combine(clone.Root, ".tidegate")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_broken_configuration_is_exit_30_with_every_problem_and_touches_nothing()
    {
        await using var clone = await Clone.MakeAsync("broken", Profiles.Bakes1, Token);
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
        await using var clone = await Clone.MakeAsync("dry", profile: null, Token);

        var (exit, output) = await clone.RunAsync(Token, "RegionWaves", "--dry-run", "--delivery-profile", "production");

        exit.ShouldBe(0, output);
        output.ShouldContain("wave 3 of 3");
        output.ShouldContain("final watch");
        Directory.Exists(Path.Combine(clone.Root, ".tidegate")).ShouldBeFalse();
    }
}
