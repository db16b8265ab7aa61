namespace Orders.Downstream;

/// <summary>A product as the catalog tells it.</summary>
/// <param name="Sku">What an order calls it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Price">The price of one, with two decimals.</param>
internal sealed record CatalogProduct(string Sku, string Name, decimal Price);
