using Tidegate.Pipeline.Declared;

namespace Tidegate.Delivery.Tests.Configuration;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("frist", "first")]
    [InlineData("Floor", "floor")]
    [InlineData("sampelEvery", "sampleEvery")]
    [InlineData("warmup", "warmUp")]
    [InlineData("maxFactor", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    [InlineData("entirely else", null)]
    public void The_name_with_the_fewest_edits_is_meant_if_any_is_near(string wrong, string? nearest) =>
        NearestName.Of(wrong, ["first", "floor", "sampleEvery", "warmUp", "maximumFactor"]).ShouldBe(nearest);

    [Fact]
    public void A_very_long_name_is_near_to_none() => NearestName.Of(new string('a', 1_000_000), ["first"]).ShouldBeNull();
}
