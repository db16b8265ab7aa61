using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>Requests that outlast a change: event streams, downloads, long polls.</summary>
public sealed class LongRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_region_has_converged_while_the_old_version_ends_its_requests_and_the_next_change_does_not_wait_for_it()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var a = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        using var user = new HttpClient();
        var whole = OpenAsync(user, a, "sleep/4000");
        await cloud.SeesAsync(r => r.InFlight == 1);

        using (await cloud.PutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000)))) { }
        var b = await cloud.SeesAsync(r => r.Phase is RegionPhase.Converged or RegionPhase.Failed);
        using (await cloud.PutAsync(cloud.Desired(cloud.Artifact("c", 1, 10_000)))) { }
        var c = await cloud.SeesAsync(r => r.Phase is RegionPhase.Converged or RegionPhase.Failed);

        whole.IsCompleted.ShouldBeFalse("this must have happened while the request was open");
        foreach (var (region, letter) in new[] { (b, "b"), (c, "c") })
        {
            region.Phase.ShouldBe(RegionPhase.Converged);
            Of(cloud, region, letter).Weight.ShouldBe(10_000);
            Of(cloud, region, letter).Instances.ShouldHaveSingleItem().State.ShouldBe(InstancePhase.Ready);
            Of(cloud, region, "a").Weight.ShouldBe(0);
            Of(cloud, region, "a").Instances.ShouldHaveSingleItem().State.ShouldBe(InstancePhase.Draining);
        }

        (await whole).ShouldBe("slept");
        (await cloud.SeesAsync(r => r.Versions.Count == 1)).CutRequests.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_still_open_after_the_time_to_drain_is_cut_off_and_told_and_no_version_s_failure()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var a = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        using var user = new HttpClient();
        var cut = Enumerable.Range(0, 2).Select(_ => OpenAsync(user, a, "events/killed")).ToList();
        await cloud.SeesAsync(r => r.InFlight == 2);

        using (await cloud.PutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000)) with { DrainDeadlineSeconds = 1 })) { }
        var after = await cloud.SeesAsync(r => r.Phase == RegionPhase.Converged && r.Versions.Count == 1);

        after.CutRequests.ShouldBe(2);
        foreach (var request in cut) await Should.ThrowAsync<HttpRequestException>(request);
        (await File.ReadAllTextAsync(cloud.Places.Log, Token))
            .ShouldContain("cuts off 2 requests of");
        var metrics = await Eventually.SeesAsync(
            () => cloud.Client.GetStringAsync("environments/production/regions/eu-west/metrics", Token),
            m => m.Split('\n').Contains("tidegate_edge_user_errors_total{endpoint=\"other\"} 2.0"));
        Errors(metrics).ShouldAllBe(l => l.EndsWith(" 0.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_ends_the_cloud_does_not_wait_for_what_drains()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var a = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        using var user = new HttpClient();
        var open = OpenAsync(user, a, "events/told");
        await cloud.SeesAsync(r => r.InFlight == 1);
        using (await cloud.PutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000)) with { DrainDeadlineSeconds = 600 })) { }
        await cloud.SeesAsync(r => r.Versions.Any(v => v.Instances.Any(i => i.State == InstancePhase.Draining)));

        await cloud.ShutDownAsync(forget: true);

        (await open).ShouldBe("data: 1\n\n");
        cloud.Processes().ShouldBeEmpty();
    }

    private static Task<string> OpenAsync(HttpClient user, RegionObserved region, string path) =>
        user.GetStringAsync(region.EdgeAddress + path, Token);

    private static IEnumerable<string> Errors(string metrics) => metrics.Split('\n')
        .Where(l => l.StartsWith("tidegate_edge_errors_total{", StringComparison.Ordinal));

    private static VersionObserved Of(CloudUnderTest cloud, RegionObserved region, string letter) =>
        region.Versions.Single(v => v.Digest == cloud.Digest(letter));
}
