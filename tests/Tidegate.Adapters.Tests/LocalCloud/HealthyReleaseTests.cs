using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class HealthyReleaseTests
{
    [Fact]
    public async Task Capacity_never_falls_below_what_stood_before_and_stands_after()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 3, 10_000)));
        using var response = await cloud.PutAsync(cloud.Desired(cloud.Artifact("b", 2, 10_000)));

        var fewest = int.MaxValue;
        await cloud.SeesAsync(region =>
        {
            fewest = Math.Min(fewest, region.Versions.Where(v => v.Weight > 0).Sum(v => v.Instances.Count(i => i.State == InstancePhase.Ready)));
            return region.Phase == RegionPhase.Converged;
        });

        fewest.ShouldBe(2);
    }

    [Fact]
    public async Task A_request_that_takes_long_is_served_to_the_end_by_the_instance_that_is_being_replaced()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        using var user = new HttpClient();
        var slow = user.GetAsync(region.EdgeAddress + "sleep/3000", TestContext.Current.CancellationToken);
        await cloud.SeesAsync(r => r.InFlight == 1);

        using var response = await cloud.PutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000)));
        await cloud.SeesAsync(r => r.Versions.Any(v => v.Instances.Any(i => i.State == InstancePhase.Draining)));
        using var served = await slow;

        served.IsSuccessStatusCode.ShouldBeTrue();
        served.Headers.GetValues(CloudProtocol.VersionHeader).ShouldBe([cloud.Digest("a")[7..19]]);
        (await cloud.SeesAsync(r => r.Versions.Count == 1)).Phase.ShouldBe(RegionPhase.Converged);
    }

    [Fact]
    public async Task An_instance_that_will_not_end_by_itself_is_ended_after_the_deadline_with_all_it_started()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var deaf = cloud.Artifact("a", 1, 10_000, new { IgnoreTermination = true, StartChild = true });
        await cloud.BringAboutAsync(cloud.Desired(deaf));
        cloud.Processes().Count.ShouldBe(3);

        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000)) with { DrainDeadlineSeconds = 1 });

        cloud.Processes().Count.ShouldBe(2);
    }
}
