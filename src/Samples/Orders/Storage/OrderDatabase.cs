using Microsoft.Data.Sqlite;

namespace Orders.Storage;

/// <summary>Connections to the file, and its schema.</summary>
internal sealed class OrderDatabase(string file)
{
    private const int BusySeconds = 5;

    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        DefaultTimeout = BusySeconds,
    }.ConnectionString;

    /// <summary>
    /// Makes what is not there. WAL is a property of the file and stays; the table is made under the write lock, so the
    /// copy that comes second finds it. Numbers are never given twice (AUTOINCREMENT), also after trimming.
    /// </summary>
    public void Create()
    {
        MakeFolder();
        using var connection = Connect();
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection,
            """
            BEGIN IMMEDIATE;
            CREATE TABLE IF NOT EXISTS orders (
                id          INTEGER PRIMARY KEY AUTOINCREMENT,
                placed_at   INTEGER NOT NULL,
                customer    TEXT    NOT NULL,
                currency    TEXT    NOT NULL,
                total_cents INTEGER NOT NULL,
                format      INTEGER NOT NULL,
                document    TEXT    NOT NULL
            );
            COMMIT
            """);
    }

    /// <summary>A connection from the pool, set up to wait for other writers instead of failing.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            connection.Open();
            // NORMAL loses nothing when a process is killed, only when the machine loses power, which a sample may.
            Run(connection, $"PRAGMA busy_timeout = {BusySeconds * 1000}; PRAGMA synchronous = NORMAL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void MakeFolder()
    {
        var folder = Path.GetDirectoryName(file)!;
        if (Directory.Exists(folder)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
