using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Tidegate.Ledger;

/// <summary>The last record of a stream.</summary>
internal sealed record StreamHead(long Sequence, string Hash)
{
    public static StreamHead None { get; } = new(0, LedgerRecord.Genesis);
}

/// <summary>Reading and writing of one stream's rows, inside a transaction of the caller's.</summary>
internal static class LedgerRows
{
    /// <summary>Where the stream ends, after it was seen that the last record and the table of heads agree.</summary>
    public static StreamHead Head(LedgerConnection connection, string stream)
    {
        var noted = connection.Rows("SELECT sequence, hash FROM heads WHERE stream = $1", Read, stream) is [var row] ? row : StreamHead.None;
        var last = connection.Rows("SELECT sequence, hash FROM records WHERE stream = $1 ORDER BY sequence DESC LIMIT 1", Read, stream) is [var record]
            ? record
            : StreamHead.None;
        return noted == last
            ? noted
            : throw LedgerRefusal.Behind(connection.Path, stream, $"the last record is {last.Sequence}, but the stream is noted to end with {noted.Sequence} ({Brief(noted)}).");

        static StreamHead Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1));
    }

    /// <summary>Every record, each checked against the one before.</summary>
    public static IReadOnlyList<LedgerRecord> All(LedgerConnection connection, string stream)
    {
        var head = Head(connection, stream);
        var records = connection.Rows(
            "SELECT sequence, at, payload, hash FROM records WHERE stream = $1 ORDER BY sequence",
            row => new LedgerRecord(stream, row.GetInt64(0), Instant(connection.Path, stream, row), row.GetString(2), row.GetString(3)),
            stream);

        var before = StreamHead.None;
        foreach (var record in records)
        {
            Check(connection.Path, before, record);
            before = new StreamHead(record.Sequence, record.Hash);
        }

        return before == head
            ? records
            : throw LedgerRefusal.Behind(connection.Path, stream, $"{before.Sequence} records can be read, but the stream ends with {head.Sequence}.");
    }

    public static string? HashOf(LedgerConnection connection, string stream, long sequence) => connection.Rows(
        "SELECT hash FROM records WHERE stream = $1 AND sequence = $2", row => row.GetString(0), stream, sequence) is [var hash] ? hash : null;

    public static void Append(LedgerConnection connection, LedgerRecord record)
    {
        connection.Run(
            "INSERT INTO records (stream, sequence, at, payload, hash) VALUES ($1, $2, $3, $4, $5)",
            record.Stream, record.Sequence, Written(record.At), record.Payload, record.Hash);
        connection.Run(
            "INSERT INTO heads (stream, sequence, hash) VALUES ($1, $2, $3) ON CONFLICT (stream) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash",
            record.Stream, record.Sequence, record.Hash);
    }

    public static long NextGeneration(LedgerConnection connection, string environment) => connection.Rows(
        "INSERT INTO leases (environment, generation) VALUES ($1, 1) ON CONFLICT (environment) DO UPDATE SET generation = generation + 1 RETURNING generation",
        row => row.GetInt64(0), environment)[0];

    /// <summary>The one way in which an instant is written.</summary>
    public static string Written(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static void Check(string path, StreamHead before, LedgerRecord record)
    {
        if (record.Sequence != before.Sequence + 1)
        {
            throw LedgerRefusal.Broken(path, record.Stream, before.Sequence + 1, $"the record is missing; record {record.Sequence} comes next.");
        }

        if (!record.Follows(before.Hash))
        {
            throw LedgerRefusal.Broken(path, record.Stream, record.Sequence, "the record was changed, or does not belong behind the one before: its hash does not fit.");
        }

        try
        {
            record.Fact();
        }
        catch (Exception problem) when (problem is System.Text.Json.JsonException or NotSupportedException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw LedgerRefusal.UnknownFact(path, record.Stream, record.Sequence, problem);
        }
    }

    private static DateTimeOffset Instant(string path, string stream, SqliteDataReader row)
    {
        var text = row.GetString(1);
        return DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && Written(at) == text
            ? at
            : throw LedgerRefusal.Broken(path, stream, row.GetInt64(0), "the record was changed: its time is none.");
    }

    private static string Brief(StreamHead head) => Printable.Text(head.Hash, 12);
}
