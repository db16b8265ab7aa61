using System.Diagnostics;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class ShutdownTests
{
    [Fact]
    public async Task A_shutdown_leaves_no_process_and_a_later_start_brings_back_what_was_desired()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 10_000, null, new DependencyManifest("catalog", DependencySharing.Own, ["dotnet", "TestService.dll", "catalog"], "/health/ready"))));

        await cloud.ShutDownAsync();
        cloud.Processes().ShouldBeEmpty();
        File.Exists(cloud.Places.ControlSocket).ShouldBeFalse();

        await cloud.LaunchAsync();
        var region = await cloud.SeesAsync(r => r.Phase == RegionPhase.Converged && r.Versions[0].Instances.All(i => i.State == InstancePhase.Ready));
        region.Versions[0].Instances.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_shutdown_that_forgets_keeps_neither_environments_nor_data_nor_generations()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var desired = cloud.Desired(cloud.Artifact("a", 1, 10_000));
        await cloud.BringAboutAsync(desired with { Generation = 100 });

        await cloud.ShutDownAsync(forget: true);
        Directory.Exists(Path.Combine(cloud.Places.State, "data", "production")).ShouldBeFalse();

        await cloud.LaunchAsync();
        (await cloud.BringAboutAsync(desired with { Generation = 1 })).Generation.ShouldBe(1);
    }

    [Fact]
    public async Task The_signal_to_terminate_ends_everything_in_an_orderly_way()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 2, 10_000)));

        using (var kill = Process.Start("kill", ["-TERM", $"{cloud.Pid}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Eventually.IsSoAsync(() => cloud.Processes().Count == 0);
    }
}
