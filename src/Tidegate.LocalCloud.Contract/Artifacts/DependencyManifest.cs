using System.Text.Json.Serialization;

namespace Tidegate.LocalCloud.Contract;

/// <summary>A service that the artifact calls and brings along.</summary>
/// <param name="SwitchedOff">True: the copy is not started, so the artifact finds nobody there.</param>
/// <param name="ReadyWhen">What the answer of <paramref name="Ready"/> holds when it is healthy. Null, the default: what
/// is taken for granted.</param>
public sealed record DependencyManifest(
    string Name,
    DependencySharing Sharing,
    IReadOnlyList<string> Run,
    string Ready,
    bool SwitchedOff = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HealthyWhen? ReadyWhen = null);

[JsonConverter(typeof(JsonStringEnumConverter<DependencySharing>))]
public enum DependencySharing
{
    /// <summary>One for each version and region, from that version's artifact.</summary>
    [JsonStringEnumMemberName("own")]
    Own,

    /// <summary>One for each region, from the first artifact that brought it; it outlives releases.</summary>
    [JsonStringEnumMemberName("shared")]
    Shared,
}
