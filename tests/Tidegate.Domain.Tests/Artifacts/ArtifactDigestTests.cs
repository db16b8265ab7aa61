using Tidegate.Testing;

namespace Tidegate.Domain.Tests.Artifacts;

public sealed class ArtifactDigestTests
{
    [Fact]
    public void A_digest_is_read_back_as_it_was_written()
    {
        var digest = Some.Digest("x");

        ArtifactDigest.Parse(digest.ToString()).ShouldBe(digest);
        digest.ToString().ShouldBe("sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
        digest.Brief.ShouldBe("2d711642b726");
    }

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("sha256:2D711642B726B04401627CA9FBAC32F5C8530FB1903CC4DB02258717921A4881")]
    [InlineData("sha256:2d711642b726")]
    [InlineData("sha512:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881")]
    public void What_is_no_digest_is_refused(string text)
    {
        ArtifactDigest.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => ArtifactDigest.Parse(text));
    }
}
