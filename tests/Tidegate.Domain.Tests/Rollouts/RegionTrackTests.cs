namespace Tidegate.Domain.Tests.Rollouts;

public sealed class RegionTrackTests
{
    [Theory]
    [InlineData(12, 0.3, 0, 0)] // all of the version before stands beside the canary: nothing keeps users on the new one
    [InlineData(12, 0.3, 0.1, 0.1)]
    [InlineData(6, 1, 0, 0.5)] // half of it is kept warm, and can carry half
    [InlineData(6, 0.4, 0, 0.4)] // never more than now
    [InlineData(0, 1, 0, 1)] // it is gone
    public void Users_go_back_only_as_far_as_the_version_before_can_carry_them(int old, double share, double before, double back) =>
        new RegionTrack(new("eu-west", null, 12, 4, 6, 150)) { Old = old, Share = share }.Back(before).ShouldBe(back, 1e-9);
}
