namespace Tidegate.Domain.Tests.Releases;

public sealed class WayBackTests
{
    private static readonly ArtifactDigest _old = ArtifactDigest.Parse("sha256:" + new string('a', 64));
    private static readonly ArtifactDigest _new = ArtifactDigest.Parse("sha256:" + new string('b', 64));
    private static readonly RestoreStep _before = new("eu", _old, 6);

    [Fact]
    public void Warm_instances_take_their_part_at_once()
    {
        var first = WayBack.AtOnce(_before, Region(old: 3, share: 0, candidates: 6))!;

        first.Versions.ShouldBe([new(_old, 3, new(5000)), new(_new, 6, new(5000))]);
    }

    [Theory]
    [InlineData(6, 1000)] // nothing has to be started: the whole way back is as quick
    [InlineData(3, 5000)] // they carry that already
    [InlineData(3, 9000)] // they carry more, and are not relieved of it
    [InlineData(0, 0)]
    public void Nothing_is_gained(int old, int share) =>
        WayBack.AtOnce(_before, Region(old, share, candidates: 6)).ShouldBeNull();

    [Fact]
    public void Where_no_earlier_version_ran_there_is_nothing_to_go_back_to() =>
        WayBack.AtOnce(new("eu", null, 0), Region(old: 3, share: 0, candidates: 6)).ShouldBeNull();

    [Fact]
    public void An_instance_that_is_not_ready_carries_nothing()
    {
        var seen = Region(old: 3, share: 0, candidates: 6);
        seen = seen with { Versions = [Version(_old, 3, TrafficShare.None, ready: 1), seen.Versions[1]] };

        WayBack.AtOnce(_before, seen)!.Versions[0].Share.ShouldBe(new TrafficShare(1666));
    }

    private static RegionObservation Region(int old, int share, int candidates)
    {
        var part = new TrafficShare(share);
        List<VersionObservation> versions = [Version(_old, old, part, old), Version(_new, candidates, part.Rest, candidates)];
        return RegionObservation.Empty("eu") with { Versions = versions };
    }

    private static VersionObservation Version(ArtifactDigest digest, int instances, TrafficShare share, int ready) => new(
        digest,
        share,
        [.. Enumerable.Range(0, instances).Select(i =>
            new InstanceObservation($"{digest.Brief}-{i}", i < ready ? InstanceState.Ready : InstanceState.Starting, null, 0, null))]);
}
