using Tidegate.Engine;

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>LocalDown ends everything: not in a dry run, not under a release that goes on, and whatever else is broken.</summary>
public sealed class LocalDownTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Touches_nothing_in_a_dry_run_or_under_a_running_release_and_needs_neither_configuration_nor_ledger()
    {
        await using var clone = await Clone.MakeAsync("down", Profiles.Bakes1, Token);
        clone.Places.Ensure();
        var data = Path.Combine(Directory.CreateDirectory(Path.Combine(clone.Places.State, "environments", "production")).FullName, "data");
        await File.WriteAllTextAsync(data, "stored", Token);

        var (exit, output) = await clone.RunAsync(Token, "LocalDown", "--dry-run");

        exit.ShouldBe(0, output);
        output.ShouldContain("a dry run: LocalDown would stop");
        Untouched();

        await using (var ledger = Ledgers.Open(clone.Ledger))
        {
            await using var lease = ((LeaseResult.Granted)await ledger.AcquireAsync("production", "the release of a test", Token)).Lease;

            (exit, output) = await clone.RunAsync(Token, "LocalDown");

            exit.ShouldBe(41, output);
            output.ShouldContain("another run owns production: the release of a test");
            Untouched();
        }

        await File.WriteAllTextAsync(Path.Combine(clone.Root, "config", "delivery.json"), "{", Token);
        await Ledgers.ForeignFileAsync(clone.Ledger, Token);

        (exit, output) = await clone.RunAsync(Token, "LocalDown");

        exit.ShouldBe(0, output);
        output.ShouldContain("No local cloud runs for this clone.");
        File.Exists(data).ShouldBeFalse();

        void Untouched() => Directory.EnumerateFileSystemEntries(clone.Places.State, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ShouldBe([Path.Combine(clone.Places.State, "environments"), Path.GetDirectoryName(data)!, data]);
    }

    [Fact]
    public async Task Without_a_ledger_nothing_is_asked_for_and_none_is_made()
    {
        await using var clone = await Clone.MakeAsync("down-bare", Profiles.Bakes1, Token);

        var (exit, output) = await clone.RunAsync(Token, "LocalDown");

        exit.ShouldBe(0, output);
        Directory.Exists(Path.Combine(clone.Root, ".tidegate")).ShouldBeFalse();
    }
}
