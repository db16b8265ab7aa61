using Tidegate.Pipeline;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary>What <c>--release</c> takes.</summary>
public sealed class ReleaseNamingTests
{
    private static readonly ReleaseArtifact One = Artifact("1.0.0", "aaaaaaaa1");
    private static readonly ReleaseArtifact Two = Artifact("1.1.0", "aaaaaaaa2");
    private static readonly ReleaseArtifact Three = Artifact("2.0.0", "bbbbbbbb3");

    public static TheoryData<string> NamesOfThree => new(Three.Digest.ToString(), Three.Digest.Hex, Three.Digest.Brief, "bbbbbbbb", "BBBBBBBB3", "sha256:bbbbbbbb", StageRunner.ReleaseName(Three));

    [Theory]
    [MemberData(nameof(NamesOfThree))]
    public void A_digest_its_beginning_or_the_releases_name_names_one_artifact(string named) =>
        ReleaseNaming.Find(named, [One, Two, Three, Three]).ShouldBe(new NamedArtifact.One(Three));

    [Theory]
    [InlineData("bbbbbbb")]
    [InlineData("sha256:bbb")]
    [InlineData("bbbbbbbb3x")]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("2.0.0")]
    public void What_names_none_is_told_with_those_that_are_known_newest_first(string named)
    {
        var problem = ReleaseNaming.Find(named, [One, Two, Three]).ShouldBeOfType<NamedArtifact.NotOne>().Problem;

        problem.Code.ShouldBe("TG3015");
        problem.What.ShouldContain($"the newest are: orders 2.0.0 {Three.Digest}, orders 1.1.0 {Two.Digest}, orders 1.0.0 {One.Digest}.");
    }

    [Fact]
    public void Where_none_is_known_that_is_said() =>
        ReleaseNaming.Find("bbbbbbbb", []).ShouldBeOfType<NamedArtifact.NotOne>().Problem.What.ShouldContain("none is known yet");

    [Fact]
    public void What_names_several_is_told_with_them()
    {
        var problem = ReleaseNaming.Find("aaaaaaaa", [One, Two, Three]).ShouldBeOfType<NamedArtifact.NotOne>().Problem;

        problem.Code.ShouldBe("TG3016");
        problem.What.ShouldContain(One.Digest.ToString());
        problem.What.ShouldContain(Two.Digest.ToString());
        problem.What.ShouldNotContain(Three.Digest.ToString());
    }

    private static ReleaseArtifact Artifact(string version, string begin) => new("orders", version, ArtifactDigest.Parse("sha256:" + begin.PadRight(64, '0')));
}
