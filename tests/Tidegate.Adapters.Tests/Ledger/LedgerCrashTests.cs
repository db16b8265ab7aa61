using Tidegate.Engine;
using Tidegate.Ledger;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Ledger;

/// <summary>FAULTS C1, C2, C4: what was acknowledged is there afterwards, whatever ended the writer.</summary>
public sealed class LedgerCrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["ledger/ledger.db"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_each_of_eight_kills_in_the_midst_of_appending_every_acknowledged_record_is_there()
    {
        var acknowledged = 0;
        for (var round = 0; round < 8; round++)
        {
            using var child = LedgerChild.Append(File, "prod");
            for (var i = 0; i < 5 + round * 7; i++) acknowledged = int.Parse((await child.HearAsync(Token))!, System.Globalization.CultureInfo.InvariantCulture);
            await child.KillAsync(Token);
            acknowledged = (await child.RestAsync(Token)).Where(l => l.All(char.IsAsciiDigit)).Select(int.Parse).Append(acknowledged).Max();

            await using var ledger = SqliteLedger.Open(File, "orders", TimeProvider.System);
            (await ledger.ReadAsync("prod", Token)).Count.ShouldBeInRange(acknowledged, acknowledged + 1);
        }
    }

    [Fact]
    public async Task However_the_log_is_torn_behind_the_last_commit_the_ledger_goes_on()
    {
        await using (var ledger = SqliteLedger.Open(File, "orders", TimeProvider.System))
        {
            for (var i = 0; i < 3; i++) await ledger.AppendAsync("prod", i, Facts.Intent(i), Token);
        }

        var before = await System.IO.File.ReadAllBytesAsync(File, Token);
        byte[] log;
        await using (var ledger = SqliteLedger.Open(File, "orders", TimeProvider.System))
        {
            await ledger.AppendAsync("prod", 3, Facts.Intent(3), Token);
            log = await System.IO.File.ReadAllBytesAsync(File + "-wal", Token);
        }

        // As a kill leaves it: the record's transaction only in part in the log, and not yet noted in the mirror.
        for (var length = 0; length < log.Length; length += 331)
        {
            using var torn = new TemporaryFolder();
            await WriteAsync(torn["ledger.db"], before);
            await WriteAsync(torn["ledger.db-wal"], log[..length]);

            await using var ledger = SqliteLedger.Open(torn["ledger.db"], "orders", TimeProvider.System);
            (await ledger.ReadAsync("prod", Token)).Count.ShouldBe(3);
            (await ledger.AppendAsync("prod", 3, Facts.Intent(4), Token)).ShouldBeOfType<AppendResult.Appended>();
        }
    }

    [Fact]
    public async Task When_the_disk_is_full_the_append_is_refused_and_with_room_again_the_ledger_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The limit on a process's files is Unix's.");
        string[] said;
        using (var child = LedgerChild.AppendWithin(kibibytes: 256, File, "prod")) said = await child.RestAsync(Token);

        said[^1].ShouldStartWith("refused TG4010");
        var acknowledged = said.Length - 1;
        acknowledged.ShouldBeGreaterThan(5);
        await using var ledger = SqliteLedger.Open(File, "orders", TimeProvider.System);
        var records = await ledger.ReadAsync("prod", Token);
        records.Count.ShouldBeInRange(acknowledged, acknowledged + 1);
        (await ledger.AppendAsync("prod", records.Count, Facts.Intent(1), Token)).ShouldBeOfType<AppendResult.Appended>();
    }

    [Fact]
    public async Task A_ledger_that_is_deleted_or_replaced_under_a_run_refuses_the_next_record()
    {
        await using var ledger = SqliteLedger.Open(File, "orders", TimeProvider.System);
        await ledger.AppendAsync("prod", 0, Facts.Intent(1), Token);
        System.IO.File.Copy(File, File + ".old");
        System.IO.File.Move(File + ".old", File, overwrite: true);

        var refused = await Should.ThrowAsync<LedgerRefusedException>(() => ledger.AppendAsync("prod", 1, Facts.Intent(2), Token));

        refused.Problem.Code.ShouldBe("TG4014");
    }

    /// <summary>I7, as the kernel sees it: write, sync, and only then the word that it is done.</summary>
    [Fact]
    public async Task The_disk_has_a_record_before_it_is_acknowledged()
    {
        var trace = _folder["trace"];
        Assert.SkipUnless(System.IO.File.Exists("/usr/bin/strace"), "strace is not installed.");
        using (var child = LedgerChild.AppendTraced(trace, File, "prod"))
        {
            (await child.RestAsync(Token)).ShouldBe(["1", "2", "3", "4", "5"]);
            await child.EndedAsync(Token);
        }

        var calls = (await System.IO.File.ReadAllLinesAsync(trace, Token)).ToList();
        for (var i = 2; i <= 5; i++)
        {
            var from = calls.FindIndex(c => c.Contains($"\"{i - 1}\", 1)", StringComparison.Ordinal));
            var between = calls[from..calls.FindIndex(c => c.Contains($"\"{i}\", 1)", StringComparison.Ordinal))];
            between.ShouldContain(c => c.Contains("fsync(", StringComparison.Ordinal));
            between.FindLastIndex(c => c.Contains(", 4096, ", StringComparison.Ordinal))
                .ShouldBeInRange(0, between.FindLastIndex(c => c.Contains("fsync(", StringComparison.Ordinal)));
        }
    }

    private static async Task WriteAsync(string path, byte[] content)
    {
        await System.IO.File.WriteAllBytesAsync(path, content, Token);
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
