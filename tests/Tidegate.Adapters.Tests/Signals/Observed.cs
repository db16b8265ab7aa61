using Tidegate.Engine;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Signals;

/// <summary>Environments as a platform would tell of them.</summary>
internal static class Observed
{
    public static ArtifactDigest Old { get; } = Some.Digest("old");

    public static ArtifactDigest New { get; } = Some.Digest("new");

    public static InstanceObservation Instance(string? address, InstanceState state = InstanceState.Ready, string id = "orders-1") => new(id, state, address, 0, null);

    public static VersionObservation Version(ArtifactDigest digest, params InstanceObservation[] instances) => new(digest, TrafficShare.None, instances);

    public static RegionObservation Region(string name, params VersionObservation[] versions) => RegionObservation.Empty(name) with { Versions = versions };

    public static SignalTarget Target(params RegionObservation[] regions) => new(New, new EnvironmentObservation("gamma", regions));

    /// <summary>One region with these instances of the candidate.</summary>
    public static SignalTarget Candidate(params InstanceObservation[] instances) => Target(Region("eu-west", Version(New, instances)));
}
