using System.Text.Json.Serialization;

namespace Tidegate.LocalCloud.Contract;

/// <summary>A service that the artifact calls and brings along.</summary>
/// <param name="SwitchedOff">True: the copy is not started, so the artifact finds nobody there.</param>
public sealed record DependencyManifest(
    string Name,
    DependencySharing Sharing,
    IReadOnlyList<string> Run,
    string Ready,
    bool SwitchedOff = false);

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
