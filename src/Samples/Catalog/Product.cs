namespace Catalog;

/// <summary>One thing that can be bought.</summary>
/// <param name="Sku">Its name in orders: capital letters, digits and hyphens.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Price">The price of one, with two decimals, in the currency of the shop that asks.</param>
internal sealed record Product(string Sku, string Name, decimal Price);
