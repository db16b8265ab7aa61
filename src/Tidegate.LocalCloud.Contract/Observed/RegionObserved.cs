using System.Text.Json.Serialization;

namespace Tidegate.LocalCloud.Contract;

/// <param name="Failure">Why, when the phase is <see cref="RegionPhase.Failed"/>: exit code and last lines of output. While converging or removing: what is in the way and tried again, such as a full disk.</param>
/// <param name="EdgeAddress">Where users reach the region, for example <c>http://127.0.0.1:40123/</c>.</param>
/// <param name="InFlight">Requests that the edge is serving now.</param>
public sealed record RegionObserved(
    string Name,
    long Generation,
    string Operation,
    RegionPhase Phase,
    string? Failure,
    string EdgeAddress,
    IReadOnlyList<VersionObserved> Versions,
    IReadOnlyList<DependencyObserved> Dependencies,
    UsersObserved Users,
    int InFlight)
{
    /// <summary>Requests that were still open when the time to drain was over, since this cloud began. They count
    /// against no version.</summary>
    public long CutRequests { get; init; }

    /// <summary>Nobody confirmed in time, so the weights are those of <see cref="UnwatchedDesired"/> until the next
    /// desired state.</summary>
    public bool Withdrawn { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<RegionPhase>))]
public enum RegionPhase
{
    /// <summary>Starting or shifting weights.</summary>
    [JsonStringEnumMemberName("converging")]
    Converging,

    /// <summary>What is desired was brought about; what is not desired any more may still drain. An instance that dies
    /// afterwards shows in its own state.</summary>
    [JsonStringEnumMemberName("converged")]
    Converged,

    /// <summary>A new instance did not become ready. The weights are as they were before; only a new generation changes that.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The environment is being deleted.</summary>
    [JsonStringEnumMemberName("removing")]
    Removing,
}
