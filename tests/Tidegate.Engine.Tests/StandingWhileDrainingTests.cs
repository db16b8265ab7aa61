namespace Tidegate.Engine.Tests;

/// <summary>What drains is no part of what was placed: neither too much, nor enough.</summary>
public sealed class StandingWhileDrainingTests
{
    private static readonly RegionTarget OnlyNew = new("eu-west", [new(Rig.New.Digest, 2, TrafficShare.All)]);

    [Fact]
    public void A_region_stands_while_what_it_had_before_drains()
    {
        var now = Region(
            Version(Rig.New.Digest, TrafficShare.All, InstanceState.Ready, InstanceState.Ready, InstanceState.Draining),
            Version(Rig.Old.Digest, TrafficShare.None, InstanceState.Draining, InstanceState.Draining));

        Standing.Stands(OnlyNew, now).ShouldBeTrue();
        now.ServesOnly(Rig.New.Digest, 2).ShouldBeTrue();
    }

    [Fact]
    public void An_instance_that_drains_is_not_one_of_those_that_were_placed() =>
        Standing.Stands(OnlyNew, Region(Version(Rig.New.Digest, TrafficShare.All, InstanceState.Ready, InstanceState.Draining))).ShouldBeFalse();

    [Theory]
    [InlineData(100, InstanceState.Draining)]
    [InlineData(0, InstanceState.Exited)]
    public void A_version_that_has_a_share_or_an_instance_that_does_not_drain_is_still_there(int basisPoints, InstanceState state)
    {
        var now = Region(
            Version(Rig.New.Digest, TrafficShare.All, InstanceState.Ready, InstanceState.Ready),
            Version(Rig.Old.Digest, new(basisPoints), state));

        Standing.Stands(OnlyNew, now).ShouldBeFalse();
        now.ServesOnly(Rig.New.Digest, 2).ShouldBeFalse();
    }

    private static RegionObservation Region(params VersionObservation[] versions) => new("eu-west", 1, Convergence.Converged, null, null, versions, []);

    private static VersionObservation Version(ArtifactDigest digest, TrafficShare share, params InstanceState[] states) =>
        new(digest, share, [.. states.Select((s, i) => new InstanceObservation($"{digest.Brief}-{i}", s, null, 0, null))]);
}
