using System.Text.Json.Serialization;

namespace Catalog;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<Product>))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(Health))]
internal sealed partial class CatalogJson : JsonSerializerContext;

/// <summary>What the health endpoints say.</summary>
internal sealed record Health(string Status);
