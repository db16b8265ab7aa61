using System.Globalization;
using Microsoft.Data.Sqlite;
using Orders.Ordering;

namespace Orders.Storage;

/// <summary>
/// The orders in one SQLite file, which several copies of several releases use at the same time.
/// </summary>
/// <remarks>The calls are synchronous because SQLite is: an async signature would only hide that the thread waits.</remarks>
/// <param name="folder">Where the file lies. It is made when it is not there.</param>
/// <param name="keep">How many orders stay.</param>
/// <param name="format">The format to write, and the newest to read: see <see cref="OrderDocument"/>.</param>
internal sealed class OrderStore(string folder, int keep, int format)
{
    public const string FileName = "orders.db";
    public const int RecentRows = 20;

    /// <summary>How many orders one trimming removes. Trimming comes twice as often as needed, so it catches up.</summary>
    public const int TrimBatch = 500;

    private readonly OrderDatabase _database = new(Path.Combine(folder, FileName));
    private volatile bool _open;

    /// <summary>Whether <see cref="Open"/> has succeeded.</summary>
    public bool IsOpen => _open;

    /// <summary>Makes folder, file and schema as far as they are not there; several copies may do so at once.</summary>
    /// <exception cref="SqliteException">Not now: another copy holds the file, or it is no database.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public void Open()
    {
        _database.Create();
        _open = true;
    }

    public Order Add(PricedOrder order, DateTimeOffset now)
    {
        // Stored to the millisecond, so what POST answers is what GET answers later.
        var placedAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        using var connection = _database.Connect();
        using var insert = connection.CreateCommand();
        insert.CommandText =
            """
            INSERT INTO orders (placed_at, customer, currency, total_cents, format, document)
            VALUES ($placedAt, $customer, $currency, $total, $format, $document) RETURNING id
            """;
        insert.Parameters.AddWithValue("$placedAt", placedAt.ToUnixTimeMilliseconds());
        insert.Parameters.AddWithValue("$customer", order.Customer);
        insert.Parameters.AddWithValue("$currency", order.Currency);
        insert.Parameters.AddWithValue("$total", OrderDocument.Cents(order.Total));
        insert.Parameters.AddWithValue("$format", format);
        insert.Parameters.AddWithValue("$document", OrderDocument.Write(order, format));
        var id = Convert.ToInt64(insert.ExecuteScalar(), CultureInfo.InvariantCulture);

        if (id % (TrimBatch / 2) == 0) Trim(connection, id - keep);
        return Stored(id, placedAt, order);
    }

    /// <returns>The order, or null when there is none (or it was trimmed).</returns>
    /// <exception cref="UnreadableOrderException">It is there, in a format that this release cannot read.</exception>
    public Order? Find(long id)
    {
        using var connection = _database.Connect();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT placed_at, format, document FROM orders WHERE id = $id";
        select.Parameters.AddWithValue("$id", id);
        using var row = select.ExecuteReader();
        return row.Read() ? Stored(id, At(row.GetInt64(0)), OrderDocument.Read(row.GetString(2), row.GetInt32(1), format)) : null;
    }

    /// <returns>The newest orders, at most <see cref="RecentRows"/>, newest first, whatever their format.</returns>
    public IReadOnlyList<OrderSummary> Recent()
    {
        using var connection = _database.Connect();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT id, placed_at, customer, currency, total_cents FROM orders ORDER BY id DESC LIMIT $rows";
        select.Parameters.AddWithValue("$rows", RecentRows);
        using var row = select.ExecuteReader();
        var recent = new List<OrderSummary>(RecentRows);
        while (row.Read())
            recent.Add(new OrderSummary(row.GetInt64(0), At(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.GetInt64(4) / 100m));
        return recent;
    }

    private static void Trim(SqliteConnection connection, long newestToGo)
    {
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE id <= $newest ORDER BY id LIMIT $batch)";
        delete.Parameters.AddWithValue("$newest", newestToGo);
        delete.Parameters.AddWithValue("$batch", TrimBatch);
        delete.ExecuteNonQuery();
    }

    private static Order Stored(long id, DateTimeOffset placedAt, PricedOrder order) =>
        new(id, placedAt, order.Customer, order.Currency, order.Lines, order.Total);

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
