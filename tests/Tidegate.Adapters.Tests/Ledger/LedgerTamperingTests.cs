using CsCheck;
using Microsoft.Data.Sqlite;
using Tidegate.Engine;
using Tidegate.Ledger;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Ledger;

/// <summary>FAULTS C3, C12, C14 and I6: whatever was changed behind the ledger's back is seen, and refused.</summary>
public sealed class LedgerTamperingTests : IAsyncLifetime
{
    private const int Records = 6;
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["ledger/ledger.db"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var ledger = Open();
        for (var i = 0; i < Records; i++) await ledger.AppendAsync("prod", i, Facts.Intent(i), Token);
        await ledger.AppendAsync("gamma", 0, Facts.Intent(0), Token);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("UPDATE records SET payload = replace(payload, 'operation-3', 'operation-9') WHERE sequence = 4", "TG4007")]
    [InlineData("UPDATE records SET at = '2001-01-01T00:00:00.0000000+00:00' WHERE stream = 'prod' AND sequence = 2", "TG4007")]
    [InlineData("UPDATE records SET at = replace(at, '+00:00', 'Z') WHERE sequence = 2", "TG4007")]
    [InlineData("UPDATE records SET hash = substr(hash, 2) || substr(hash, 1, 1) WHERE sequence = 3", "TG4007")]
    [InlineData("DELETE FROM records WHERE stream = 'prod' AND sequence = 1", "TG4007")]
    [InlineData("DELETE FROM records WHERE stream = 'prod' AND sequence = 3", "TG4007")]
    [InlineData("DELETE FROM records WHERE stream = 'prod' AND sequence = 6", "TG4008")]
    [InlineData("DELETE FROM records WHERE stream = 'prod'", "TG4008")]
    [InlineData("DELETE FROM heads", "TG4008")]
    [InlineData("UPDATE heads SET sequence = 5 WHERE stream = 'prod'", "TG4008")]
    [InlineData("DELETE FROM records WHERE sequence = 6; UPDATE heads SET sequence = 5, hash = (SELECT hash FROM records WHERE stream = 'prod' AND sequence = 5) WHERE stream = 'prod'", "TG4008")]
    [InlineData("DELETE FROM records; DELETE FROM heads", "TG4008")]
    [InlineData("UPDATE records SET sequence = 100 WHERE sequence = 2; UPDATE records SET sequence = 2 WHERE sequence = 3; UPDATE records SET sequence = 3 WHERE sequence = 100", "TG4007")]
    [InlineData("UPDATE records SET stream = 'gamma' WHERE sequence = 2", "TG4007")]
    [InlineData("INSERT INTO records SELECT stream, 7, at, payload, hash FROM records WHERE stream = 'prod' AND sequence = 6", "TG4008")]
    public async Task A_change_with_SQL_is_refused_on_reading(string change, string code)
    {
        Sql(change);

        await using var ledger = Open();
        var refused = await Should.ThrowAsync<LedgerRefusedException>(() => ledger.ReadAsync("prod", Token));

        refused.Problem.Code.ShouldBe(code);
        refused.Problem.Where.ShouldContain("prod");
    }

    [Theory]
    [InlineData("DELETE FROM records WHERE stream = 'prod' AND sequence = 6")]
    [InlineData("DELETE FROM heads")]
    [InlineData("DELETE FROM records; DELETE FROM heads")]
    public async Task Nothing_is_appended_behind_a_lost_end(string change)
    {
        Sql(change);

        await using var ledger = Open();
        foreach (var expected in new[] { 0, 5, 6 }) await Should.ThrowAsync<LedgerRefusedException>(() => ledger.AppendAsync("prod", expected, Facts.Intent(9), Token));
    }

    [Theory]
    [InlineData("CREATE TABLE more (x)", "TG4006")]
    [InlineData("CREATE TRIGGER quiet AFTER INSERT ON records BEGIN DELETE FROM records; END", "TG4006")]
    [InlineData("DROP TABLE leases", "TG4006")]
    [InlineData("DELETE FROM header", "TG4006")]
    [InlineData("PRAGMA user_version = 2", "TG4004")]
    [InlineData("PRAGMA user_version = 0", "TG4006")]
    [InlineData("PRAGMA application_id = 1", "TG4003")]
    [InlineData("UPDATE header SET project = 'catalog'", "TG4005")]
    public void A_file_that_is_not_this_projects_ledger_is_refused_on_opening(string change, string code)
    {
        Sql(change);

        Should.Throw<LedgerRefusedException>(() => Open()).Problem.Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_fact_of_a_kind_that_is_not_known_is_refused_even_though_its_chain_holds()
    {
        await using (var ledger = Open())
        {
            var last = (await ledger.ReadAsync("gamma", Token))[^1];
            var at = last.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
            var payload = """{"fact":"foretold","by":"a newer Tidegate"}""";
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{last.Hash}\ngamma\n2\n{at}\n{payload}")));
            Sql($"INSERT INTO records VALUES ('gamma', 2, '{at}', '{payload}', '{hash}'); UPDATE heads SET sequence = 2, hash = '{hash}' WHERE stream = 'gamma'");

            (await Should.ThrowAsync<LedgerRefusedException>(() => ledger.ReadAsync("gamma", Token))).Problem.Code.ShouldBe("TG4009");
        }
    }

    [Fact]
    public async Task An_older_copy_of_the_file_is_refused()
    {
        var older = _folder["older"];
        System.IO.File.Copy(File, older);
        await using (var ledger = Open()) await ledger.AppendAsync("prod", Records, Facts.Intent(9), Token);
        System.IO.File.Copy(older, File, overwrite: true);

        await using var again = Open();

        (await Should.ThrowAsync<LedgerRefusedException>(() => again.ReadAsync("prod", Token))).Problem.Code.ShouldBe("TG4008");
        (await Should.ThrowAsync<LedgerRefusedException>(() => again.AppendAsync("prod", Records, Facts.Intent(9), Token))).Problem.Code.ShouldBe("TG4008");
    }

    [Fact]
    public async Task A_write_ahead_log_that_was_deleted_is_missed()
    {
        using (var child = LedgerChild.Append(File, "prod"))
        {
            await child.HearAsync(Token);
            await child.KillAsync(Token);
        }

        System.IO.File.Delete(File + "-wal");

        await using var again = Open();
        (await Should.ThrowAsync<LedgerRefusedException>(() => again.ReadAsync("prod", Token))).Problem.Code.ShouldBe("TG4008");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_ledger_that_is_gone_or_emptied_is_not_begun_anew_in_silence(bool emptied)
    {
        if (emptied) System.IO.File.WriteAllBytes(File, []);
        else System.IO.File.Delete(File);

        Should.Throw<LedgerRefusedException>(() => Open()).Problem.Code.ShouldBe("TG4008");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("0000000000000000006 0000000000000000000000000000000000000000000000000000000000000000\n")]
    public async Task A_note_of_a_head_that_was_changed_is_refused(string content)
    {
        await System.IO.File.WriteAllTextAsync(_folder["ledger/heads/prod"], content, Token);

        await using var ledger = Open();
        await Should.ThrowAsync<LedgerRefusedException>(() => ledger.ReadAsync("prod", Token));
    }

    [Fact]
    public async Task A_note_of_a_head_that_lags_behind_or_is_missing_is_no_fault()
    {
        var note = _folder["ledger/heads/prod"];
        var lagging = await System.IO.File.ReadAllBytesAsync(note, Token);
        await using var ledger = Open();
        await ledger.AppendAsync("prod", Records, Facts.Intent(9), Token);
        await System.IO.File.WriteAllBytesAsync(note, lagging, Token);

        (await ledger.ReadAsync("prod", Token)).Count.ShouldBe(Records + 1);
        await System.IO.File.WriteAllBytesAsync(note, new byte[10], Token);
        (await ledger.ReadAsync("prod", Token)).Count.ShouldBe(Records + 1);
        System.IO.File.Delete(note);
        (await ledger.ReadAsync("prod", Token)).Count.ShouldBe(Records + 1);
    }

    [Fact]
    public async Task Whatever_bytes_are_damaged_the_records_are_read_as_they_were_or_refused()
    {
        var intact = await System.IO.File.ReadAllBytesAsync(File, Token);
        IReadOnlyList<LedgerRecord> records;
        await using (var ledger = Open()) records = await ledger.ReadAsync("prod", Token);

        var refusals = 0;
        await Gen.Select(Gen.Int[0, intact.Length - 1], Gen.Byte[1, 255]).List[1, 3].SampleAsync(async damage =>
        {
            var bytes = intact.ToArray();
            foreach (var (at, flip) in damage) bytes[at] ^= flip;
            await System.IO.File.WriteAllBytesAsync(File, bytes, Token);
            try
            {
                await using var ledger = Open();
                (await ledger.ReadAsync("prod", Token)).ShouldBe(records);
            }
            catch (LedgerRefusedException)
            {
                Interlocked.Increment(ref refusals);
            }
        }, iter: 400, threads: 1);

        refusals.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Every_bit_of_a_record_counts()
    {
        var intact = await System.IO.File.ReadAllBytesAsync(File, Token);
        var text = "operation-3"u8.ToArray();
        var at = intact.AsSpan().LastIndexOf(text);
        at.ShouldBeGreaterThan(0);

        for (var bit = 0; bit < text.Length * 8; bit++)
        {
            var bytes = intact.ToArray();
            bytes[at + bit / 8] ^= (byte)(1 << (bit % 8));
            await System.IO.File.WriteAllBytesAsync(File, bytes, Token);

            await using var ledger = Open();
            (await Should.ThrowAsync<LedgerRefusedException>(() => ledger.ReadAsync("prod", Token))).Problem.Code.ShouldBe("TG4007");
        }
    }

    [Fact]
    public async Task However_much_of_the_file_is_cut_off_it_is_refused()
    {
        var intact = await System.IO.File.ReadAllBytesAsync(File, Token);
        for (var length = 1; length < intact.Length; length += 509)
        {
            await System.IO.File.WriteAllBytesAsync(File, intact[..length], Token);

            await Should.ThrowAsync<LedgerRefusedException>(async () =>
            {
                await using var ledger = Open();
                await ledger.ReadAsync("prod", Token);
            });
        }
    }

    private SqliteLedger Open() => SqliteLedger.Open(File, "orders", TimeProvider.System);

    private void Sql(string text)
    {
        using var sqlite = new SqliteConnection($"Data Source={File};Pooling=false");
        sqlite.Open();
        using var command = sqlite.CreateCommand();
#pragma warning disable CA2100 // A test's own text.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
