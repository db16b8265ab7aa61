using System.Text.Json.Serialization;
using Orders.Downstream;
using Orders.Ordering;
using Orders.Storage;

namespace Orders.Web;

/// <summary>Everything that is written or read as JSON, compiled: no reflection at start.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<CatalogProduct>))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(IReadOnlyList<OrderSummary>))]
[JsonSerializable(typeof(OrderDocument.First))]
[JsonSerializable(typeof(OrderDocument.Second))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(VersionAnswer))]
internal sealed partial class OrdersJson : JsonSerializerContext;
