namespace Tidegate.Ledger;

/// <summary>The tables, and the check that a file has these and no others.</summary>
internal static class LedgerSchema
{
    /// <summary>"TIDE": tells SQLite files of ours from all others.</summary>
    public const long ApplicationId = 0x54494445;

    public const long Version = 1;

    // Strict, without row ids: a record lies in the one tree that finds it, so there is no index that could tell otherwise.
    private static readonly (string Name, string Sql)[] Tables =
    [
        ("header", "CREATE TABLE header (project TEXT NOT NULL, created TEXT NOT NULL) STRICT"),
        ("heads", "CREATE TABLE heads (stream TEXT NOT NULL PRIMARY KEY, sequence INTEGER NOT NULL, hash TEXT NOT NULL) STRICT, WITHOUT ROWID"),
        ("leases", "CREATE TABLE leases (environment TEXT NOT NULL PRIMARY KEY, generation INTEGER NOT NULL) STRICT, WITHOUT ROWID"),
        ("records", "CREATE TABLE records (stream TEXT NOT NULL, sequence INTEGER NOT NULL, at TEXT NOT NULL, payload TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (stream, sequence)) STRICT, WITHOUT ROWID"),
    ];

    /// <summary>Nothing was ever written to this file.</summary>
    public static bool IsEmpty(LedgerConnection connection) =>
        connection.Number("PRAGMA application_id") == 0
        && connection.Number("PRAGMA user_version") == 0
        && connection.Number("SELECT count(*) FROM sqlite_schema") == 0;

    public static void Create(LedgerConnection connection, string project, DateTimeOffset now)
    {
        foreach (var (_, sql) in Tables) connection.Run(sql);
        connection.Run("INSERT INTO header (project, created) VALUES ($1, $2)", project, LedgerRows.Written(now));
        connection.Run(FormattableString.Invariant($"PRAGMA application_id = {ApplicationId}"));
        connection.Run(FormattableString.Invariant($"PRAGMA user_version = {Version}"));
    }

    public static void Check(LedgerConnection connection, string project)
    {
        var path = connection.Path;
        if (connection.Number("PRAGMA application_id") != ApplicationId) throw LedgerRefusal.NotALedger(path);

        var version = connection.Number("PRAGMA user_version");
        if (version > Version) throw LedgerRefusal.Newer(path, version);
        if (version != Version) throw LedgerRefusal.Damaged(path, $"its form is {version}.");

        var found = connection.Rows("SELECT name, sql FROM sqlite_schema ORDER BY name", row => (row.GetString(0), row.GetString(1)));
        if (!found.SequenceEqual(Tables)) throw LedgerRefusal.Damaged(path, "its tables are not those of a ledger.");

        var headers = connection.Rows("SELECT project FROM header", row => row.GetString(0));
        if (headers is not [var owner]) throw LedgerRefusal.Damaged(path, $"it has {headers.Count} headers.");
        if (owner != project) throw LedgerRefusal.Foreign(path, owner, project);
    }
}
