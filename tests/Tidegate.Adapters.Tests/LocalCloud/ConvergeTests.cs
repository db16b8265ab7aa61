using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class ConvergeTests
{
    [Fact]
    public async Task What_is_desired_is_brought_about_and_observed()
    {
        await using var cloud = await CloudUnderTest.StartAsync();

        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 10_000)));

        region.Phase.ShouldBe(RegionPhase.Converged);
        var version = region.Versions.ShouldHaveSingleItem();
        version.Digest.ShouldBe(CloudUnderTest.Digest("a"));
        version.Weight.ShouldBe(10_000);
        version.Instances.Count.ShouldBe(2);
        version.Instances.ShouldAllBe(i => i.State == InstancePhase.Ready && i.Pid > 0 && i.Restarts == 0 && i.ResidentBytes > 1_000_000 && i.Operation == "test");
        using var user = new HttpClient();
        (await user.GetStringAsync(region.EdgeAddress + "orders/7", TestContext.Current.CancellationToken)).ShouldBe("order 7");
    }
}
