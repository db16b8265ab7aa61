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
    public async Task What_a_target_has_no_use_for_is_exit_30_says_why_and_touches_nothing()
    {
        await using var clone = await Clone.MakeAsync("unfit", Profiles.Bakes1, Token);

        foreach (var (says, arguments) in new (string, string[])[]
        {
            ("Status only reads and changes nothing: leave --dry-run out", ["Status", "--dry-run"]),
            ("HealthGate only reads and changes nothing: leave --dry-run out", ["HealthGate", "--dry-run"]),
            ("Explain only reads and changes nothing: leave --dry-run out", ["Explain", "--dry-run"]),
            ("a dry run has no history", ["Rollback", "--dry-run", "--reason", "why not"]),
            ("a dry run has no ledger", ["HealthGate", "--dry-run", "--promote-gate", "next", "--reason", "why not"]),
            ("only HealthGate uses it", ["Status", "--environment", "beta"]),
        })
        {
            var (exit, output) = await clone.RunAsync(Token, arguments);

            exit.ShouldBe(30, output);
            output.ShouldContain(says);
        }

        Directory.Exists(Path.Combine(clone.Root, ".tidegate")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_release_that_is_not_known_is_exit_30_names_what_is_known_and_begins_nothing()
    {
        await using var clone = await Clone.MakeAsync("named", Profiles.Bakes1, Token);
        var known = await Ledgers.WithArtifactAsync(clone.Ledger, Token);

        var (exit, output) = await clone.RunAsync(Token, "DeployAlpha", "--release", "cafecafe");

        exit.ShouldBe(30, output);
        output.ShouldContain("TG3015 --release cafecafe");
        output.ShouldContain(known.Digest.ToString());
        Directory.Exists(Path.Combine(clone.Root, ".tidegate", "local")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_dry_run_shows_the_whole_way_and_touches_nothing()
    {
        await using var clone = await Clone.MakeAsync("dry", profile: null, Token);

        var (exit, output) = await clone.RunAsync(Token, "RegionWaves", "--dry-run", "--delivery-profile", "production");

        exit.ShouldBe(0, output);
        output.ShouldContain("wave 3 of 3");
        output.ShouldContain("watch, the version before kept warm");
        Directory.Exists(Path.Combine(clone.Root, ".tidegate")).ShouldBeFalse();
    }
}
