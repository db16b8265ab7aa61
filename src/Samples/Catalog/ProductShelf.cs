namespace Catalog;

/// <summary>All products there are. They never change while the program runs, so every copy answers alike.</summary>
internal static class ProductShelf
{
    public static IReadOnlyList<Product> Products { get; } =
    [
        new("LAMP-01", "Harbour lamp", 49.00m),
        new("MUG-01", "Tide mug", 12.50m),
        new("MAP-01", "Chart of the estuary", 24.90m),
        new("ROPE-10", "Rope, ten metres", 18.75m),
        new("TEA-01", "Smoked tea", 6.40m),
        new("KNIFE-01", "Deck knife", 34.00m),
    ];

    public static Product? Find(string sku) => Products.FirstOrDefault(product => product.Sku == sku);
}
