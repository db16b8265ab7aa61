using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.Regions;

/// <summary>A region at one moment, as far as it matters for what to do next.</summary>
/// <param name="DependenciesReady">What the desired versions need beside them is there.</param>
/// <param name="Settled">The desired weights have come into effect.</param>
/// <param name="Failed">This desired state was given up.</param>
internal sealed record RegionView(
    IReadOnlyList<VersionDesired> Desired,
    IReadOnlyList<InstanceView> Instances,
    bool DependenciesReady,
    bool Settled,
    bool Failed);

/// <param name="IsNew">It must prove itself before what is desired comes into effect.</param>
/// <param name="IsCurrent">Made for the desired state of now, and not left from an earlier one.</param>
/// <param name="Proven">It has been ready.</param>
/// <param name="HasFailed">It ended, or was not ready in time.</param>
internal sealed record InstanceView(string Id, string Digest, InstancePhase State, bool IsNew, bool IsCurrent, bool Proven, bool HasFailed);
