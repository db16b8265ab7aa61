namespace Catalog;

/// <summary>The service that Orders asks for products and prices: answers from memory, needs nothing, stores nothing.</summary>
internal static class CatalogService
{
    /// <summary>A catalog that listens where <c>ASPNETCORE_URLS</c> (or <c>--urls</c>) says, Unix sockets included.</summary>
    public static WebApplication Build(string[] args, string settingsFolder)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = "Catalog",
            ContentRootPath = settingsFolder,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        var app = builder.Build();
        app.MapGet("/products", () => TypedResults.Json(ProductShelf.Products, CatalogJson.Default.IReadOnlyListProduct));
        app.MapGet("/products/{sku}", IResult (string sku) => ProductShelf.Find(sku) is { } product
            ? TypedResults.Json(product, CatalogJson.Default.Product)
            : TypedResults.NotFound());
        app.MapGet("/health/live", () => TypedResults.Json(new Health("alive"), CatalogJson.Default.Health));
        app.MapGet("/health/ready", () => TypedResults.Json(new Health("ready"), CatalogJson.Default.Health));
        return app;
    }
}
