using Catalog;

await using var catalog = CatalogService.Build(args, AppContext.BaseDirectory);
await catalog.RunAsync();
