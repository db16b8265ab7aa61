using System.Diagnostics;
using System.Net;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class FaultyReleaseTests
{
    [Fact]
    public async Task A_version_that_crashes_at_start_leaves_the_old_one_serving_and_the_reason_is_told()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var before = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 10_000)));

        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 5_000), cloud.Artifact("b", 1, 5_000, new { ExitAtStart = 78 })));

        region.Phase.ShouldBe(RegionPhase.Failed);
        region.Failure.ShouldNotBeNull().ShouldContain("exited with code 78 before it was ready");
        region.Failure.ShouldContain("The setting Orders:Currency is missing.");
        region = await cloud.SeesAsync(r => r.Versions.Count == 1);
        region.Versions[0].Weight.ShouldBe(10_000);
        region.Versions[0].Instances.Select(i => i.Pid).ShouldBe(before.Versions[0].Instances.Select(i => i.Pid));
        region.Phase.ShouldBe(RegionPhase.Failed);
    }

    [Fact]
    public async Task A_version_that_never_gets_ready_fails_at_the_deadline_and_no_user_has_met_it()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));

        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000, new { NeverReady = true })) with { StartDeadlineSeconds = 3 });

        region.Phase.ShouldBe(RegionPhase.Failed);
        region.Failure.ShouldNotBeNull().ShouldContain("was not ready after 3 s: /health/ready answers Degraded");
        var metrics = await cloud.Client.GetStringAsync("environments/production/regions/eu-west/metrics", TestContext.Current.CancellationToken);
        metrics.ShouldNotContain($"tidegate_edge_requests_total{{version=\"{cloud.Digest("b")}\",endpoint=\"other\"}} 1");
    }

    [Fact]
    public async Task A_version_that_listens_elsewhere_is_told_where_it_was_expected_and_where_it_is()
    {
        await using var cloud = await CloudUnderTest.StartAsync();

        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000, new { ListenElsewhere = true })) with { StartDeadlineSeconds = 5 });

        region.Failure.ShouldNotBeNull().ShouldContain("/health/ready cannot be reached at " + cloud.Places.Run);
        region.Failure.ShouldContain("where ASPNETCORE_URLS and TIDEGATE_SOCKET tell it to listen; it listens on TCP port ");
    }

    [Fact]
    public async Task After_a_failure_a_new_generation_brings_back_what_stood_before()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var before = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 10_000)));
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 5_000), cloud.Artifact("b", 2, 5_000, new { ExitAtStart = 1 })));

        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 10_000)));

        region.Phase.ShouldBe(RegionPhase.Converged);
        region.Failure.ShouldBeNull();
        region.Versions.ShouldHaveSingleItem().Instances.Select(i => i.Pid).ShouldBe(before.Versions[0].Instances.Select(i => i.Pid));
    }

    [Fact]
    public async Task The_first_version_that_fails_leaves_an_empty_region()
    {
        await using var cloud = await CloudUnderTest.StartAsync();

        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000, new { ExitAtStart = 1 })));

        (await cloud.SeesAsync(r => r.Versions.Count == 0)).Phase.ShouldBe(RegionPhase.Failed);
        cloud.Processes().ShouldBe([cloud.Pid]);
    }

    [Fact]
    public async Task An_instance_that_dies_later_is_started_again_and_its_restarts_are_counted()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000), cloud.Artifact("b", 1, 0, new { ExitAfterMilliseconds = 4_000 })));

        var region = await cloud.SeesAsync(r => Sick(r).Restarts >= 1 && Sick(r).State == InstancePhase.Ready);

        Sick(region).ExitCode.ShouldBe(3);
        region.Phase.ShouldBe(RegionPhase.Converged);

        InstanceObserved Sick(RegionObserved region) => region.Versions.Single(v => v.Digest == cloud.Digest("b")).Instances[0];
    }

    [Fact]
    public async Task An_instance_that_says_it_is_not_alive_is_ended_and_started_again()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var before = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        using var user = new HttpClient();
        using var told = await user.PostAsync(before.EdgeAddress + "alive/false", null, TestContext.Current.CancellationToken);

        var after = await cloud.SeesAsync(r => r.Versions[0].Instances[0] is { Restarts: 1, State: InstancePhase.Ready });

        after.Versions[0].Instances[0].Pid.ShouldNotBe(before.Versions[0].Instances[0].Pid);
        (await File.ReadAllTextAsync(cloud.Places.Log, TestContext.Current.CancellationToken)).ShouldContain("was ended: /health/live answers 503, ");
    }

    [Fact]
    public async Task No_get_fails_when_an_instance_is_killed()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var traffic = new TrafficProfile(300, 3, [new UserRequest("GET", "/orders/{n}", 1)]);
        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 3, 10_000)) with { Traffic = traffic });

        for (var round = 0; round < 3; round++)
        {
            var before = await cloud.SeesAsync(r => r.Versions[0].Instances.All(i => i.State == InstancePhase.Ready));
            var victim = before.Versions[0].Instances[round];
            using (var process = Process.GetProcessById(victim.Pid!.Value)) process.Kill();
            await cloud.SeesAsync(r => r.Versions[0].Instances[round].Restarts > 0 && r.Users.Sent > before.Users.Sent + 300);
        }

        region = await cloud.ObserveAsync();
        region.Users.Sent.ShouldBeGreaterThan(900);
        region.Users.Failed.ShouldBe(0);
    }

    [Fact]
    public async Task An_instance_that_says_it_is_not_ready_gets_no_requests_while_another_one_is()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 10_000)));
        using var user = new HttpClient();
        using var told = await user.PostAsync(region.EdgeAddress + "ready/false", null, TestContext.Current.CancellationToken);
        var unready = told.Headers.GetValues(CloudProtocol.InstanceHeader).Single();
        await cloud.SeesAsync(r => r.Versions[0].Instances.Single(i => i.Id == unready).State == InstancePhase.Unready);

        for (var i = 0; i < 20; i++)
        {
            using var response = await user.GetAsync(region.EdgeAddress + "orders/1", TestContext.Current.CancellationToken);
            response.Headers.GetValues(CloudProtocol.InstanceHeader).Single().ShouldNotBe(unready);
        }

        // The last one that was ready goes on serving: its errors are to be seen as its own.
        using var lastTold = await user.PostAsync(region.EdgeAddress + "ready/false", null, TestContext.Current.CancellationToken);
        await cloud.SeesAsync(r => r.Versions[0].Instances.All(i => i.State == InstancePhase.Unready));
        using var served = await user.GetAsync(region.EdgeAddress + "orders/1", TestContext.Current.CancellationToken);
        served.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
