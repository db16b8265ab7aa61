namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>A ledger that is refused before any target runs: Package asks it whether anything has to be built.</summary>
public sealed class RefusedLedgerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_ledger_is_exit_40_with_its_own_message_and_nothing_is_built()
    {
        await using var clone = await Clone.MakeAsync("refused", Profiles.Bakes1, Token);

        await Ledgers.BehindAsync(clone.Ledger, Token);
        await RefusedAsync("TG4008", "tidegate-artifacts", "Canary");

        await Ledgers.ForeignFileAsync(clone.Ledger, Token);
        await RefusedAsync("TG4003", "Name the ledger's file with --ledger.", "Package");
        await RefusedAsync("TG4003", "Name the ledger's file with --ledger.", "Status");

        await RefusedAsync("TG4002", "chmod go-w", "RegionWaves", "--ledger", Path.Combine(Path.GetTempPath(), "ledger.db"));

        async Task RefusedAsync(string code, string says, params string[] arguments)
        {
            var (exit, output) = await clone.RunAsync(Token, arguments);

            exit.ShouldBe(40, output);
            output.ShouldContain($"LEDGER_REFUSED (exit 40): {code}");
            output.ShouldContain(says);
            output.ShouldNotContain("OnlyWhenStatic");
            output.ShouldNotContain("Restore");
        }
    }
}
