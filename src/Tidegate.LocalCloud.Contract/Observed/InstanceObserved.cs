using System.Text.Json.Serialization;

namespace Tidegate.LocalCloud.Contract;

/// <param name="Operation">The operation it was made for.</param>
/// <param name="Address"><c>unix:</c> and the path of its socket, or null while there is none.</param>
/// <param name="Pid">Null while no process runs.</param>
/// <param name="Restarts">How often it died and was started again.</param>
/// <param name="ExitCode">Of the last process that ended: 128 + n after signal n; null when none ended or it is unknown.</param>
/// <param name="ResidentBytes">Memory in use, or null when it could not be read.</param>
public sealed record InstanceObserved(
    string Id,
    string Operation,
    InstancePhase State,
    string? Address,
    int? Pid,
    DateTimeOffset? StartedAt,
    int Restarts,
    int? ExitCode,
    long? ResidentBytes);

[JsonConverter(typeof(JsonStringEnumConverter<InstancePhase>))]
public enum InstancePhase
{
    [JsonStringEnumMemberName("starting")]
    Starting,

    [JsonStringEnumMemberName("ready")]
    Ready,

    /// <summary>It was ready and is so no longer, though its process lives.</summary>
    [JsonStringEnumMemberName("unready")]
    Unready,

    [JsonStringEnumMemberName("draining")]
    Draining,

    [JsonStringEnumMemberName("exited")]
    Exited,
}
