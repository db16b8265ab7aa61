using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.Workloads;

/// <summary>All that must be known of an instance or a dependency to find it again after the cloud itself was killed.</summary>
/// <param name="Dependency">Its name, or null for an instance of the service.</param>
/// <param name="Sharing">Of a dependency.</param>
/// <param name="Digest">The version it was started from; of a shared dependency, the version that brought it.</param>
/// <param name="Generation">The desired state it was made for.</param>
/// <param name="Proven">It has been ready at least once.</param>
/// <param name="Socket">Where its present process listens: another path after each start.</param>
internal sealed record WorkloadRecord(
    string Id,
    string? Dependency,
    DependencySharing? Sharing,
    string Digest,
    string ArtifactPath,
    string Operation,
    long Generation,
    bool Proven = false,
    bool Draining = false,
    int Restarts = 0,
    string? Socket = null,
    int? Pid = null,
    long? StartTicks = null,
    DateTimeOffset? StartedAt = null,
    int? ExitCode = null);
