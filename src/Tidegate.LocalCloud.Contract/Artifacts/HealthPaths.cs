using System.Text.Json.Serialization;

namespace Tidegate.LocalCloud.Contract;

/// <summary>Where a service tells how it is; what its answers mean is in <see cref="HealthAnswer"/>.</summary>
/// <param name="Ready">Healthy when it can serve.</param>
/// <param name="Live">Healthy while the process should not be replaced: asked each second once it has been ready, and
/// after five bad answers in a
/// row the process is ended and started again. A 404 says nothing. Null, the default: only an end of the process is its
/// end.</param>
/// <param name="ReadyWhen">What the answer of <paramref name="Ready"/> holds when it is healthy. Null, the default: what
/// is taken for granted.</param>
/// <param name="LiveWhen">The same of <paramref name="Live"/>.</param>
public sealed record HealthPaths(
    string Ready,
    [property: JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Live = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HealthyWhen? ReadyWhen = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HealthyWhen? LiveWhen = null);
