using System.Diagnostics;
using System.Net.Http.Json;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class CopiedCloneTests
{
    [Fact]
    public async Task A_copied_clone_starts_processes_of_its_own_and_leaves_the_original_s_alone()
    {
        var catalog = new DependencyManifest("catalog", DependencySharing.Own, ["dotnet", "TestService.dll", "catalog"], "/health/ready");
        await using var original = await CloudUnderTest.StartAsync();
        var before = await original.BringAboutAsync(original.Desired(original.Artifact("a", 1, 10_000, null, catalog)));
        await using var copy = CloudUnderTest.NotStarted();
        using (var cp = Process.Start("cp", ["-a", Path.Combine(original.Root, ".tidegate"), copy.Root])) await cp.WaitForExitAsync(TestContext.Current.CancellationToken);

        await copy.LaunchAsync();
        var copied = await copy.SeesAsync(r => r.Phase == RegionPhase.Converged && r.Dependencies.All(d => d.Ready) && r.Versions[0].Instances.All(i => i.State == InstancePhase.Ready));

        Pids(copied).Intersect(Pids(before)).ShouldBeEmpty();
        using (var user = new HttpClient())
        {
            var called = (await user.GetFromJsonAsync<Dictionary<string, string>>(copied.EdgeAddress + "catalog", TestContext.Current.CancellationToken))!;
            called["TIDEGATE_CLOUD"].ShouldBe(copy.Places.State, "a copy calls its own neighbours");
        }

        await copy.ShutDownAsync(forget: true);
        var after = await original.ObserveAsync();
        after.Versions[0].Instances.ShouldAllBe(i => i.State == InstancePhase.Ready && i.Restarts == 0);
        Pids(after).ShouldBe(Pids(before));
    }

    private static IReadOnlyList<int?> Pids(RegionObserved region) => [.. region.Versions.SelectMany(v => v.Instances).Concat(region.Dependencies.Select(d => d.Instance!)).Select(i => i.Pid)];
}
