using Orders.Downstream;

namespace Orders.Ordering;

/// <summary>Prices a request from the catalog's answer. Pure: the same request and products give the same order.</summary>
internal static class Pricing
{
    public const int DiscountFrom = 10;
    public const decimal Discount = 0.05m;

    /// <returns>The order, and no problem; or a problem for each line whose product the catalog does not have.</returns>
    public static (PricedOrder Order, IReadOnlyList<RequestProblem> Problems) Price(
        OrderRequest request, IReadOnlyList<CatalogProduct> products, string currency)
    {
        var lines = new List<OrderLine>();
        var problems = new List<RequestProblem>();
        foreach (var (index, (sku, quantity)) in request.Lines.Index())
        {
            if (products.FirstOrDefault(product => product.Sku == sku) is { } product)
                lines.Add(new OrderLine(sku, product.Name, quantity, product.Price, LineTotal(product.Price, quantity)));
            else
                problems.Add(new RequestProblem($"lines[{index}].sku", $"The catalog has no '{sku}'. Ask GET /products what there is."));
        }
        return (new PricedOrder(request.Customer, currency, lines), problems);
    }

    /// <summary>From <see cref="DiscountFrom"/> of one product on, the line costs <see cref="Discount"/> less, rounded to the cent.</summary>
    public static decimal LineTotal(decimal unitPrice, int quantity)
    {
        var full = unitPrice * quantity;
        return quantity < DiscountFrom ? full : decimal.Round(full * (1 - Discount), 2, MidpointRounding.ToEven);
    }
}
