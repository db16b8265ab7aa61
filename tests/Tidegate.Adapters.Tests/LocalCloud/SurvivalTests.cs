using System.Diagnostics;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class SurvivalTests
{
    [Fact]
    public async Task After_a_kill_the_next_cloud_goes_on_with_the_same_processes_on_the_same_port()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var desired = cloud.Desired(cloud.Artifact("a", 2, 7_500, null, Catalog), cloud.Artifact("b", 1, 2_500, null, Catalog));
        var before = await cloud.BringAboutAsync(desired);

        await cloud.KillAsync();
        before.Versions.SelectMany(v => v.Instances).ShouldAllBe(i => CloudUnderTest.IsAlive(i.Pid!.Value));
        await cloud.LaunchAsync();

        var after = await cloud.SeesAsync(r => r.Versions.SelectMany(v => v.Instances).All(i => i.State == InstancePhase.Ready) && r.Dependencies.All(d => d.Ready));
        after.Phase.ShouldBe(RegionPhase.Converged);
        after.EdgeAddress.ShouldBe(before.EdgeAddress);
        Identities(after).ShouldBe(Identities(before));
        after.Versions.Select(v => v.Weight).ShouldBe([7_500, 2_500]);
        cloud.Processes().Count.ShouldBe(6);
        using var user = new HttpClient();
        (await user.GetStringAsync(after.EdgeAddress + "orders/7", TestContext.Current.CancellationToken)).ShouldBe("order 7");

        // What was adopted is ended as well as what was started.
        (await cloud.BringAboutAsync(cloud.Desired())).Versions.ShouldBeEmpty();
        await Eventually.IsSoAsync(() => cloud.Processes().Count == 1);
    }

    [Theory]
    [InlineData(InstancePhase.Starting)]
    [InlineData(InstancePhase.Ready)]
    [InlineData(InstancePhase.Draining)]
    public async Task A_kill_in_the_middle_of_a_change_does_not_change_its_end(InstancePhase moment)
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 10_000)));
        var desired = cloud.Desired(cloud.Artifact("b", 2, 10_000));
        using var response = await cloud.PutAsync(desired);
        await cloud.SeesAsync(r => r.Phase == RegionPhase.Converged || r.Versions.Any(v => v.Instances.Any(i => i.State == moment && i.Operation == "test" && (moment == InstancePhase.Draining || v.Digest == cloud.Digest("b")))));

        await cloud.KillAsync();
        await cloud.LaunchAsync();
        var region = await cloud.BringAboutAsync(desired);

        region.Phase.ShouldBe(RegionPhase.Converged);
        var version = region.Versions.ShouldHaveSingleItem();
        (version.Digest, version.Weight, version.Instances.Count).ShouldBe((cloud.Digest("b"), 10_000, 2));
        version.Instances.ShouldAllBe(i => i.Restarts == 0);
        cloud.Processes().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_process_of_ours_that_nobody_wrote_down_is_ended_at_the_next_start()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        await cloud.KillAsync();
        var unknown = new ProcessStartInfo("sleep", ["600"]);
        unknown.Environment["TIDEGATE_CLOUD"] = cloud.Places.State;
        unknown.Environment["TIDEGATE_INSTANCE"] = "aaaaaaaa-999";
        using var stray = Process.Start(unknown)!;

        await cloud.LaunchAsync();
        await stray.WaitForExitAsync(TestContext.Current.CancellationToken);

        stray.ExitCode.ShouldBe(137);
        (await cloud.ObserveAsync()).Versions[0].Instances.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_instance_that_died_while_no_cloud_watched_is_made_anew()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var before = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 10_000)));
        await cloud.KillAsync();
        var victim = before.Versions[0].Instances[0];
        using (var process = Process.GetProcessById(victim.Pid!.Value)) process.Kill();

        await cloud.LaunchAsync();

        var after = await cloud.SeesAsync(r => r.Phase == RegionPhase.Converged && r.Versions[0].Instances.All(i => i.State == InstancePhase.Ready));
        after.Versions[0].Instances.Select(i => i.Id).ShouldNotContain(victim.Id);
        after.Versions[0].Instances.Select(i => i.Pid).ShouldContain(before.Versions[0].Instances[1].Pid);
        cloud.Processes().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_change_that_had_failed_is_still_failed_after_a_kill()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        var failed = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000, new { ExitAtStart = 9 })));

        await cloud.KillAsync();
        await cloud.LaunchAsync();

        var after = await cloud.SeesAsync(r => r.Versions.Count == 1 && r.Versions[0].Instances.Any(i => i.State == InstancePhase.Ready));
        after.Phase.ShouldBe(RegionPhase.Failed);
        after.Failure.ShouldBe(failed.Failure);
        after.Versions[0].Digest.ShouldBe(cloud.Digest("a"));
    }

    private static DependencyManifest Catalog { get; } = new("catalog", DependencySharing.Own, ["dotnet", "TestService.dll", "catalog"], "/health/ready");

    private static IReadOnlyList<(string Id, int? Pid)> Identities(RegionObserved region) =>
        [.. region.Versions.SelectMany(v => v.Instances).Concat(region.Dependencies.Select(d => d.Instance!)).Select(i => (i.Id, i.Pid)).Order()];
}
