using Microsoft.Data.Sqlite;
using Orders.Ordering;
using Orders.Storage;
using Orders.Tests.Support;

namespace Orders.Tests.Storage;

public sealed class OrderStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_was_added_is_found_again_exactly(int format)
    {
        var store = Open(format);

        var added = store.Add(Tea("Ada", 12), Noon);

        var found = store.Find(added.Id).ShouldNotBeNull();
        found.Lines.ShouldBe(added.Lines);
        (found with { Lines = added.Lines }).ShouldBe(added);
        found.PlacedAt.ShouldBe(Noon);
        found.Total.ShouldBe(72.96m);
        store.Find(added.Id + 1).ShouldBeNull();
    }

    [Fact]
    public void The_newer_release_reads_both_formats_and_the_older_one_only_its_own()
    {
        var older = Open(format: 1);
        var newer = Open(format: 2);
        var first = older.Add(Tea("Ada", 1), Noon);
        var second = newer.Add(Tea("Bob", 2), Noon);

        newer.Find(first.Id)!.Customer.ShouldBe("Ada");
        newer.Find(second.Id)!.Customer.ShouldBe("Bob");
        older.Find(first.Id)!.Customer.ShouldBe("Ada");
        Should.Throw<UnreadableOrderException>(() => older.Find(second.Id)).Message.ShouldContain("format 2");
        older.Recent().Select(order => order.Customer).ShouldBe(["Bob", "Ada"]);
    }

    [Fact]
    public void A_broken_text_is_unreadable_and_not_a_defect()
    {
        var store = Open();
        var order = store.Add(Tea("Ada", 1), Noon);
        Execute("UPDATE orders SET document = '{'");

        Should.Throw<UnreadableOrderException>(() => store.Find(order.Id)).Message.ShouldContain("broken");
    }

    [Fact]
    public void Recent_has_the_twenty_newest_first()
    {
        var store = Open();
        for (var number = 1; number <= 25; number++) store.Add(Tea($"Customer {number}", 1), Noon.AddSeconds(number));

        var recent = store.Recent();

        recent.Select(order => order.Id).ShouldBe(Enumerable.Range(6, 20).Reverse().Select(id => (long)id));
        recent[0].ShouldBe(new OrderSummary(25, Noon.AddSeconds(25), "Customer 25", "EUR", 6.40m));
    }

    [Fact]
    public void Old_orders_go_in_batches_and_their_numbers_are_not_given_again()
    {
        var store = Open(keep: 100);

        for (var number = 1; number <= 1000; number++) store.Add(Tea("Ada", 1), Noon);

        Scalar("SELECT count(*) FROM orders").ShouldBe(100);
        Scalar("SELECT min(id) FROM orders").ShouldBe(901);
        store.Find(900).ShouldBeNull();
        store.Add(Tea("Ada", 1), Noon).Id.ShouldBe(1001);
    }

    [Fact]
    public void A_large_surplus_goes_one_batch_at_a_time()
    {
        var store = Open(keep: 100);
        store.Add(Tea("Ada", 1), Noon);
        Execute(
            """
            INSERT INTO orders (placed_at, customer, currency, total_cents, format, document)
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1999)
            SELECT placed_at, customer, currency, total_cents, format, document FROM n, (SELECT * FROM orders WHERE id = 1)
            """);

        store.Add(Tea("Ada", 1), Noon).Id.ShouldBe(2000);

        Scalar("SELECT count(*) FROM orders").ShouldBe(2000 - OrderStore.TrimBatch);
        Scalar("SELECT min(id) FROM orders").ShouldBe(OrderStore.TrimBatch + 1);
    }

    [Fact]
    public async Task Copies_that_start_and_write_at_the_same_time_lose_nothing_and_share_no_number()
    {
        const int copies = 8, each = 25;
        using var together = new Barrier(copies);

        var added = await Task.WhenAll(Enumerable.Range(0, copies).Select(copy => Task.Factory.StartNew(
            () =>
            {
                var store = new OrderStore(_folder.File("data"), 10_000, 1 + copy % 2);
                together.SignalAndWait(TestContext.Current.CancellationToken);
                OpenPatiently(store);
                return Enumerable.Range(0, each).Select(number => store.Add(Tea($"{copy}/{number}", 1), Noon)).ToList();
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        var all = added.SelectMany(orders => orders).ToList();
        all.Select(order => order.Id).Order().ShouldBe(Enumerable.Range(1, copies * each).Select(id => (long)id));
        var reader = Open(format: 2);
        foreach (var order in all) reader.Find(order.Id)!.Customer.ShouldBe(order.Customer);
    }

    public void Dispose() => _folder.Dispose();

    private OrderStore Open(int format = 1, int keep = 10_000)
    {
        var store = new OrderStore(_folder.File("data"), keep, format);
        store.Open();
        return store;
    }

    /// <summary>As the service does it: a file that another copy is switching to WAL may refuse for a moment.</summary>
    private static void OpenPatiently(OrderStore store)
    {
        for (var attempt = 1; !store.IsOpen; attempt++)
        {
            try
            {
                store.Open();
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode == 5 && attempt < 1000)
            {
                Thread.Yield();
            }
        }
    }

    private static PricedOrder Tea(string customer, int quantity) =>
        new(customer, "EUR", [new OrderLine("TEA-01", "Tea", quantity, 6.40m, Pricing.LineTotal(6.40m, quantity))]);

    private long Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("data")}/{OrderStore.FileName}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql) => Scalar($"{sql}; SELECT 0");
}
