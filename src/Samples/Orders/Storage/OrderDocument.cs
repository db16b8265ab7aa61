using System.Text.Json;
using Orders.Ordering;
using Orders.Web;

namespace Orders.Storage;

/// <summary>
/// The text in which an order's content is stored, in one of two formats. A release that writes format 2 reads both;
/// one that writes format 1 comes from before there was a 2, and refuses it.
/// </summary>
internal static class OrderDocument
{
    /// <summary>Format 1: the order's own members.</summary>
    internal sealed record First(string Customer, string Currency, IReadOnlyList<OrderLine> Lines);

    /// <summary>Format 2: prices in cents, and the lines under another name.</summary>
    internal sealed record Second(string Buyer, string Currency, IReadOnlyList<SecondItem> Items);

    internal sealed record SecondItem(string Sku, string Name, int Quantity, long UnitCents, long TotalCents);

    public static string Write(PricedOrder order, int format) => format switch
    {
        1 => JsonSerializer.Serialize(new First(order.Customer, order.Currency, order.Lines), OrdersJson.Default.First),
        2 => JsonSerializer.Serialize(new Second(order.Customer, order.Currency, [.. order.Lines.Select(ToItem)]), OrdersJson.Default.Second),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There are the formats 1 and 2."),
    };

    /// <exception cref="UnreadableOrderException">The format is newer than <paramref name="newestReadable"/>, or the text is broken.</exception>
    public static PricedOrder Read(string text, int format, int newestReadable)
    {
        if (format > newestReadable) throw new UnreadableOrderException($"it has format {format}, and this release reads up to {newestReadable}");
        try
        {
            return format switch
            {
                1 => FromFirst(JsonSerializer.Deserialize(text, OrdersJson.Default.First)!),
                2 => FromSecond(JsonSerializer.Deserialize(text, OrdersJson.Default.Second)!),
                _ => throw new UnreadableOrderException($"there is no format {format}"),
            };
        }
        catch (JsonException exception)
        {
            throw new UnreadableOrderException("its text is broken", exception);
        }
    }

    private static PricedOrder FromFirst(First stored) => new(stored.Customer, stored.Currency, stored.Lines);

    private static PricedOrder FromSecond(Second stored) => new(stored.Buyer, stored.Currency, [.. stored.Items.Select(ToLine)]);

    private static SecondItem ToItem(OrderLine line) => new(line.Sku, line.Name, line.Quantity, Cents(line.UnitPrice), Cents(line.Total));

    private static OrderLine ToLine(SecondItem item) => new(item.Sku, item.Name, item.Quantity, item.UnitCents / 100m, item.TotalCents / 100m);

    public static long Cents(decimal amount) => (long)decimal.Round(amount * 100, MidpointRounding.ToEven);
}
