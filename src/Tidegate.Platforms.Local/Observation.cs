using Tidegate.LocalCloud.Contract;

namespace Tidegate.Platforms.Local;

/// <summary>The cloud's words in those of the domain.</summary>
internal static class Observation
{
    public static EnvironmentObservation Of(EnvironmentObserved seen) => new(seen.Name, [.. seen.Regions.Select(Of)]);

    /// <summary>A version that only drains is told apart: what decides by the versions that are there need not know of
    /// it.</summary>
    private static RegionObservation Of(RegionObserved region)
    {
        var versions = region.Versions.Select(Of).ToLookup(v => v.IsLeaving);
        return Of(region, [.. versions[false]]) with
        {
            Leaving = [.. versions[true]],
            CutRequests = region.CutRequests,
            Withdrawn = region.Withdrawn,
        };
    }

    private static VersionObservation Of(VersionObserved version) =>
        new(ArtifactDigest.Parse(version.Digest), new TrafficShare(version.Weight), [.. version.Instances.Select(Of)]);

    private static RegionObservation Of(RegionObserved region, IReadOnlyList<VersionObservation> versions) => new(
        region.Name,
        region.Generation,
        region.Phase switch
        {
            RegionPhase.Converged => Convergence.Converged,
            RegionPhase.Failed => Convergence.Failed,
            _ => Convergence.Converging,
        },
        region.Failure?.Replace("\n", " | ", StringComparison.Ordinal), // the instance's last lines, on one
        region.EdgeAddress,
        versions,
        [.. region.Dependencies.Select(d => new DependencyObservation(
            d.Name,
            d.Sharing == DependencySharing.Shared,
            d.Digest is null ? null : ArtifactDigest.Parse(d.Digest),
            d.Ready))]);

    private static InstanceObservation Of(InstanceObserved instance) => new(
        instance.Id,
        instance.State switch
        {
            InstancePhase.Starting => InstanceState.Starting,
            InstancePhase.Ready => InstanceState.Ready,
            InstancePhase.Draining => InstanceState.Draining,
            InstancePhase.Exited => InstanceState.Exited,
            _ => InstanceState.Unready,
        },
        instance.Address,
        instance.Restarts,
        instance.ResidentBytes)
    {
        StartedAt = instance.StartedAt,
    };
}
