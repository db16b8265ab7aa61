namespace Orders.Ordering;

/// <summary>What somebody wants: checked in form, not yet priced.</summary>
internal sealed record OrderRequest(string Customer, IReadOnlyList<RequestedLine> Lines);

internal sealed record RequestedLine(string Sku, int Quantity);

/// <summary>An order with its prices, fixed at the moment of ordering.</summary>
internal sealed record PricedOrder(string Customer, string Currency, IReadOnlyList<OrderLine> Lines)
{
    public decimal Total => Lines.Sum(line => line.Total);
}

/// <param name="Total">Unit price times quantity, less the discount.</param>
internal sealed record OrderLine(string Sku, string Name, int Quantity, decimal UnitPrice, decimal Total);

/// <summary>An order as it is stored and shown.</summary>
internal sealed record Order(
    long Id, DateTimeOffset PlacedAt, string Customer, string Currency, IReadOnlyList<OrderLine> Lines, decimal Total);

/// <summary>One row of the list of recent orders.</summary>
internal sealed record OrderSummary(long Id, DateTimeOffset PlacedAt, string Customer, string Currency, decimal Total);
