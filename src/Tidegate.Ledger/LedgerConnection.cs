using Microsoft.Data.Sqlite;

namespace Tidegate.Ledger;

/// <summary>One connection to the file. Whatever SQLite reports becomes a refusal: there is no error that one may go on after.</summary>
internal sealed class LedgerConnection : IDisposable
{
    /// <summary>How long a lock of another process is borne; a transaction of ours takes milliseconds.</summary>
    public const int PatienceSeconds = 5;

    private readonly SqliteConnection _sqlite;
    private SqliteTransaction? _transaction;

    private LedgerConnection(string path, SqliteConnection sqlite) => (Path, _sqlite) = (path, sqlite);

    public string Path { get; }

    /// <summary>Opens an existing file without changing it.</summary>
    public static LedgerConnection Open(string path)
    {
        var sqlite = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = PatienceSeconds,
        }.ToString());
        var connection = new LedgerConnection(path, sqlite);
        try
        {
            return connection.Do(() =>
            {
                sqlite.Open();
                connection.Run(FormattableString.Invariant($"PRAGMA busy_timeout = {PatienceSeconds * 1000}"));
                connection.Run("PRAGMA trusted_schema = OFF");
                connection.Run("PRAGMA cell_size_check = ON");
                return connection;
            });
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>From here on a commit returns after the disk has it.</summary>
    public void MakeDurable()
    {
        var mode = Rows("PRAGMA journal_mode = WAL", row => row.GetString(0));
        if (mode is not ["wal"]) throw LedgerRefusal.NoLocks(Path, $"SQLite keeps to journal mode '{string.Join(',', mode)}'.");

        Run("PRAGMA synchronous = FULL");
        // Only macOS knows these: there a plain fsync leaves the data in the drive.
        Run("PRAGMA fullfsync = ON");
        Run("PRAGMA checkpoint_fullfsync = ON");
    }

    /// <summary>All or nothing. A write transaction is one from its beginning, so that it never fails half-way for another's sake.</summary>
    public T InTransaction<T>(bool write, Func<T> work) => Do(() =>
    {
        using var transaction = _transaction = _sqlite.BeginTransaction(deferred: !write);
        try
        {
            var result = work();
            transaction.Commit();
            return result;
        }
        finally
        {
            _transaction = null;
        }
    });

    public void Run(string sql, params object[] values) => Do(() =>
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    });

    public long Number(string sql) => Rows(sql, row => row.GetInt64(0)) is [var number]
        ? number
        : throw LedgerRefusal.Damaged(Path, $"no answer to {sql}.");

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params object[] values) => Do(() =>
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    });

    public void Dispose() => _sqlite.Dispose();

    private SqliteCommand Command(string sql, object[] values)
    {
        var command = _sqlite.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this assembly; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i + 1}", values[i]);
        return command;
    }

    private T Do<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException problem)
        {
            throw LedgerRefusal.From(problem, Path);
        }
        catch (Exception problem) when (problem is InvalidCastException or InvalidOperationException or FormatException or OverflowException)
        {
            throw LedgerRefusal.Damaged(Path, "a column does not hold what it should.", problem);
        }
    }
}
