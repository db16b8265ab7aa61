using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class HealthyReleaseTests
{
    private static readonly TrafficProfile Busy = new(
        RequestsPerSecond: 500,
        Seed: 7,
        [new UserRequest("GET", "/orders/{n}", 8), new UserRequest("POST", "/orders", 2, """{"item":1}""")]);

    [Fact]
    public async Task No_user_sees_a_failure_while_every_instance_is_replaced_under_500_requests_a_second()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await ReplaceAsync(cloud, from: "a", to: "b", first: true);
        var region = await ReplaceAsync(cloud, from: "b", to: "c", first: false);

        TestContext.Current.TestOutputHelper?.WriteLine($"{region.Users.Sent} requests, {region.Users.Failed} failed, {region.Users.Skipped} not sent since too many waited");
        region.Users.Sent.ShouldBeGreaterThan(1_000);
        region.Users.Failed.ShouldBe(0);
        region.Versions.ShouldHaveSingleItem().Digest.ShouldBe(CloudUnderTest.Digest("c"));
    }

    /// <summary>One of three, two of three, all; after each step users have been served by what stands then.</summary>
    private static async Task<RegionObserved> ReplaceAsync(CloudUnderTest cloud, string from, string to, bool first)
    {
        if (first) await StepAsync(cloud.Artifact(from, 3, 10_000));
        await StepAsync(cloud.Artifact(from, 3, 9_000), cloud.Artifact(to, 1, 1_000));
        await StepAsync(cloud.Artifact(from, 2, 6_667), cloud.Artifact(to, 1, 3_333));
        await StepAsync(cloud.Artifact(from, 1, 3_333), cloud.Artifact(to, 2, 6_667));
        return await StepAsync(cloud.Artifact(to, 3, 10_000));

        async Task<RegionObserved> StepAsync(params VersionDesired[] versions)
        {
            var now = await cloud.BringAboutAsync(cloud.Desired(versions) with { Traffic = Busy });
            now.Phase.ShouldBe(RegionPhase.Converged);
            return await cloud.SeesAsync(r => r.Users.Sent >= now.Users.Sent + 250);
        }
    }

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
        served.Headers.GetValues(CloudProtocol.VersionHeader).ShouldBe(["aaaaaaaaaaaa"]);
        (await cloud.SeesAsync(r => r.Phase == RegionPhase.Converged)).Versions.ShouldHaveSingleItem();
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
