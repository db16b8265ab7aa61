using System.Net;
using System.Net.Http.Json;
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
        version.Digest.ShouldBe(cloud.Digest("a"));
        version.Weight.ShouldBe(10_000);
        version.Instances.Count.ShouldBe(2);
        version.Instances.ShouldAllBe(i => i.State == InstancePhase.Ready && i.Pid > 0 && i.Restarts == 0 && i.ResidentBytes > 1_000_000 && i.Operation == "test");
        using var user = new HttpClient();
        (await user.GetStringAsync(region.EdgeAddress + "orders/7", TestContext.Current.CancellationToken)).ShouldBe("order 7");
    }

    [Fact]
    public async Task An_instance_gets_what_it_must_know_and_no_secret_of_whoever_started_the_cloud()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        Environment.SetEnvironmentVariable("CI_DEPLOY_TOKEN", "hush");
        await cloud.LaunchAsync();

        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));

        using var user = new HttpClient();
        var variables = (await user.GetFromJsonAsync<Dictionary<string, string>>(region.EdgeAddress + "environment", TestContext.Current.CancellationToken))!;
        variables["TIDEGATE_INSTANCE"].ShouldBe(region.Versions[0].Instances[0].Id);
        variables["TIDEGATE_DIGEST"].ShouldBe(cloud.Digest("a"));
        variables["TIDEGATE_VERSION"].ShouldBe("1.0.a");
        variables["TIDEGATE_ENVIRONMENT"].ShouldBe("production");
        variables["TIDEGATE_REGION"].ShouldBe("eu-west");
        variables["TIDEGATE_OPERATION"].ShouldBe("test");
        Directory.Exists(variables["TIDEGATE_DATA"]).ShouldBeTrue();
        variables.ShouldNotContainKey("CI_DEPLOY_TOKEN");
        variables.Keys.ShouldNotContain(k => k.StartsWith("XUNIT", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Users_reach_versions_by_the_weights_that_are_desired()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 9_000), cloud.Artifact("b", 1, 1_000)));
        using var user = new HttpClient();

        var ofB = 0;
        for (var i = 0; i < 2_000; i++)
        {
            using var response = await user.GetAsync(region.EdgeAddress + "orders/1", TestContext.Current.CancellationToken);
            if (response.Headers.GetValues(CloudProtocol.VersionHeader).Single() == cloud.Digest("b")[7..19]) ofB++;
        }

        // 200 expected, a standard deviation of 13.4: four of them to each side.
        ofB.ShouldBeInRange(146, 254);
        var metrics = await cloud.Client.GetStringAsync("environments/production/regions/eu-west/metrics", TestContext.Current.CancellationToken);
        metrics.ShouldContain($"tidegate_edge_requests_total{{version=\"{cloud.Digest("b")}\",endpoint=\"GET /orders/{{id}}\"}} {ofB}.0");
    }

    [Fact]
    public async Task A_probe_with_the_observed_key_reaches_a_version_before_any_user_does()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000), cloud.Artifact("b", 1, 0)));
        using var user = new HttpClient();
        using var probe = new HttpRequestMessage(HttpMethod.Get, region.EdgeAddress + "orders/1");
        probe.Headers.Add(CloudProtocol.VersionHeader, cloud.Digest("b"));
        probe.Headers.Add(CloudProtocol.ProbeHeader, (await cloud.ObserveEnvironmentAsync()).ProbeKey);

        using var answer = await user.SendAsync(probe, TestContext.Current.CancellationToken);

        answer.Headers.GetValues(CloudProtocol.InstanceHeader).ShouldBe([region.Versions.Single(v => v.Digest == cloud.Digest("b")).Instances[0].Id]);
    }

    [Fact]
    public async Task The_same_desired_state_again_changes_nothing()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var desired = cloud.Desired(cloud.Artifact("a", 2, 10_000));
        var first = await cloud.BringAboutAsync(desired);

        var second = await cloud.BringAboutAsync(desired);

        second.Versions[0].Instances.Select(i => i.Pid).ShouldBe(first.Versions[0].Instances.Select(i => i.Pid));
    }

    [Fact]
    public async Task An_older_generation_and_the_same_one_with_other_content_are_refused_with_the_newest()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var older = cloud.Desired(cloud.Artifact("a", 1, 10_000));
        var newest = cloud.Desired(cloud.Artifact("a", 1, 10_000));
        await cloud.BringAboutAsync(newest);

        foreach (var stale in new[] { older, newest with { Operation = "another" } })
        {
            using var response = await cloud.PutAsync(stale);
            response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            var problem = await response.Content.ReadFromJsonAsync(CloudJson.Default.CloudProblem, TestContext.Current.CancellationToken);
            problem!.NewestGeneration.ShouldBe(newest.Generation);
        }

        (await cloud.ObserveAsync()).Generation.ShouldBe(newest.Generation);
    }

    [Fact]
    public async Task Scaling_down_keeps_the_oldest_instances()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var before = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 10_000)));
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 3, 10_000)));

        var after = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 10_000)));

        after.Versions[0].Instances.Select(i => i.Pid).ShouldBe(before.Versions[0].Instances.Select(i => i.Pid));
        cloud.Processes().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_region_that_is_to_be_empty_becomes_so()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));

        var region = await cloud.BringAboutAsync(cloud.Desired());

        region.Versions.ShouldBeEmpty();
        cloud.Processes().ShouldBe([cloud.Pid]);
    }

    [Fact]
    public async Task A_deleted_environment_is_gone_with_its_data_and_an_older_release_cannot_bring_it_back()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var desired = cloud.Desired(cloud.Artifact("a", 1, 10_000));
        await cloud.BringAboutAsync(desired, environment: "alpha");
        var data = Path.Combine(cloud.Places.State, "data", "alpha", "eu-west", "orders.db");
        await File.WriteAllTextAsync(data, "stored", TestContext.Current.CancellationToken);

        using var tooOld = await cloud.Client.DeleteAsync("environments/alpha?generation=0", TestContext.Current.CancellationToken);
        tooOld.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var deleted = await cloud.Client.DeleteAsync("environments/alpha?generation=5", TestContext.Current.CancellationToken);
        deleted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.SeesAsync(
            async () => (await cloud.Client.GetFromJsonAsync("environments", CloudJson.Default.EnvironmentList, TestContext.Current.CancellationToken))!.Environments,
            environments => environments.Count == 0);

        File.Exists(data).ShouldBeFalse();
        cloud.Processes().ShouldBe([cloud.Pid]);
        using var again = await cloud.PutAsync(desired with { Generation = 4 }, environment: "alpha");
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await cloud.BringAboutAsync(desired with { Generation = 6 }, environment: "alpha")).Phase.ShouldBe(RegionPhase.Converged);
    }
}
