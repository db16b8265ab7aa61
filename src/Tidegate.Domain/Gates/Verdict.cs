using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What a gate says of a window.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>The evidence is there and it is good.</summary>
    Healthy,

    /// <summary>The evidence is there and it is bad. Latched: nothing later in the bake un-does it.</summary>
    Unhealthy,

    /// <summary>Not enough evidence yet.</summary>
    Insufficient,

    /// <summary>It could not be measured.</summary>
    Error,
}
