using System.Diagnostics;
using System.Runtime.Versioning;
using Tidegate.Engine;
using Tidegate.Ledger;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Ledger;

/// <summary>FAULTS C14 and C17: a place that others could have changed, or that is no ledger, is refused and left as it was.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LedgerPlaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LedgerPlaceTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        Directory.CreateDirectory(_folder["ledger"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string File => _folder["ledger/ledger.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_symbolic_link_is_not_followed()
    {
        var elsewhere = _folder["elsewhere"];
        System.IO.File.WriteAllText(elsewhere, "precious");
        System.IO.File.CreateSymbolicLink(File, elsewhere);

        Refused().ShouldBe("TG4001");
        System.IO.File.ReadAllText(elsewhere).ShouldBe("precious");
    }

    [Fact]
    public void A_folder_in_its_place_is_refused()
    {
        Directory.CreateDirectory(File);

        Refused().ShouldBe("TG4001");
    }

    [Fact]
    public async Task A_pipe_is_refused_without_waiting_for_a_writer()
    {
        await RunAsync("mkfifo", File);

        Refused().ShouldBe("TG4001");
    }

    [Fact]
    public void A_log_that_is_a_link_is_refused()
    {
        System.IO.File.CreateSymbolicLink(File + "-wal", _folder["elsewhere"]);

        Refused().ShouldBe("TG4001");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_or_folder_that_others_may_write_is_refused(UnixFileMode more)
    {
        var folder = System.IO.File.GetUnixFileMode(_folder["ledger"]);
        System.IO.File.SetUnixFileMode(_folder["ledger"], folder | more);
        Refused().ShouldBe("TG4002");
        System.IO.File.SetUnixFileMode(_folder["ledger"], folder);

        System.IO.File.WriteAllBytes(File, []);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        Refused().ShouldBe("TG4002");
    }

    [Fact]
    public async Task A_file_that_belongs_to_somebody_else_is_refused()
    {
        System.IO.File.WriteAllBytes(File, []);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.SkipUnless(await RunAsync("chown", "12345", File) == 0, "Only root can give a file away.");

        Refused().ShouldBe("TG4002");
    }

    [Fact]
    public async Task A_ledger_on_a_disk_that_can_only_be_read_is_refused()
    {
        await using (SqliteLedger.Open(File, "orders", TimeProvider.System))
        {
        }

        // In a name space of its own, so that the mount is gone with the test.
        Assert.SkipUnless(await RunAsync("unshare", "-m", "true") == 0, "Only root can mount.");
        using var child = LedgerChild.AppendReadOnly(_folder["ledger"], File, "prod");

        (await child.RestAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem().ShouldStartWith("refused TG4010");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_was()
    {
        System.IO.File.WriteAllText(File, new string('x', 5000));
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Refused().ShouldBe("TG4003");
        System.IO.File.ReadAllText(File).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_left_as_it_was()
    {
        await using (var sqlite = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File};Pooling=false"))
        {
            await sqlite.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = sqlite.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var before = System.IO.File.ReadAllBytes(File);

        Refused().ShouldBe("TG4003");
        System.IO.File.ReadAllBytes(File).ShouldBe(before);
    }

    [Fact]
    public async Task A_copy_of_another_projects_ledger_is_refused_by_name()
    {
        var theirs = _folder["theirs/ledger.db"];
        await using (SqliteLedger.Open(theirs, "catalog", TimeProvider.System))
        {
        }

        System.IO.File.Copy(theirs, File);

        Should.Throw<LedgerRefusedException>(() => SqliteLedger.Open(File, "orders", TimeProvider.System))
            .Message.ShouldBe($"TG4005 {File}: the ledger belongs to 'catalog', and this is 'orders'.{System.Environment.NewLine}       Name this project's own ledger with --ledger.");
    }

    private string Refused() => Should.Throw<LedgerRefusedException>(() => SqliteLedger.Open(File, "orders", TimeProvider.System)).Problem.Code;

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
