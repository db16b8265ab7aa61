using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.Regions;

/// <summary>A region at one moment, as far as it matters for what to do next.</summary>
/// <param name="Weights">In effect, by digest.</param>
/// <param name="DependenciesReady">What the desired versions need beside them is there.</param>
/// <param name="Settled">The desired weights have come into effect.</param>
/// <param name="Failed">This desired state was given up.</param>
internal sealed record RegionView(
    IReadOnlyList<VersionDesired> Desired,
    IReadOnlyList<InstanceView> Instances,
    IReadOnlyDictionary<string, int> Weights,
    bool DependenciesReady,
    bool Settled,
    bool Failed);

/// <param name="IsNew">Made for a desired state that has not come into effect yet: it must prove itself.</param>
/// <param name="HasFailed">It ended, or was not ready in time.</param>
internal sealed record InstanceView(string Id, string Digest, InstancePhase State, bool IsNew, bool Proven, bool HasFailed);
