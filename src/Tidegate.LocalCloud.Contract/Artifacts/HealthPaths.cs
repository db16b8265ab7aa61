using System.Text.Json.Serialization;

namespace Tidegate.LocalCloud.Contract;

/// <summary>Where a service tells how it is; what its answers mean is in <see cref="HealthAnswer"/>.</summary>
/// <param name="Ready">Healthy when it can serve.</param>
/// <param name="Live">Healthy while the process should not be replaced: asked each second once it has been ready, and
/// after five bad answers in a
/// row the process is ended and started again. A 404 says nothing. Null, the default: only an end of the process is its
/// end.</param>
public sealed record HealthPaths(
    string Ready,
    [property: JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Live = null);
