using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Tidegate.LocalCloud.Contract;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class DependencyTests
{
    [Fact]
    public async Task A_shared_dependency_runs_once_for_all_versions_and_outlives_the_one_that_brought_it()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var first = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000, null, Catalog(DependencySharing.Shared))));
        await cloud.BringAboutAsync(cloud.Desired(
            cloud.Artifact("a", 1, 5_000, null, Catalog(DependencySharing.Shared)),
            cloud.Artifact("b", 1, 5_000, null, Catalog(DependencySharing.Shared))));

        var last = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000, null, Catalog(DependencySharing.Shared))));

        var dependency = last.Dependencies.ShouldHaveSingleItem();
        (dependency.Digest, dependency.On, dependency.Ready).ShouldBe((null, true, true));
        dependency.Instance!.Pid.ShouldBe(first.Dependencies[0].Instance!.Pid);
        using var user = new HttpClient();
        (await user.GetFromJsonAsync<Dictionary<string, string>>(last.EdgeAddress + "catalog", TestContext.Current.CancellationToken))!["TIDEGATE_INSTANCE"]
            .ShouldBe(dependency.Instance.Id);
    }

    [Fact]
    public async Task The_documented_command_switches_a_shared_dependency_off_and_on()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000, null, Catalog(DependencySharing.Shared))));
        var documented = (await File.ReadAllLinesAsync(Repository.File("docs", "faults.md"), TestContext.Current.CancellationToken)).Single(l => l.StartsWith("curl ", StringComparison.Ordinal));

        (await RunAsync(documented)).ShouldBe((0, ""));
        await cloud.SeesAsync(r => r.Dependencies[0] is { On: false, Ready: false });
        (await RunAsync(documented.Replace("false", "true", StringComparison.Ordinal))).ShouldBe((0, ""));
        await cloud.SeesAsync(r => r.Dependencies[0] is { On: true, Ready: true });

        async Task<(int ExitCode, string Output)> RunAsync(string command)
        {
            using var run = Process.Start(new ProcessStartInfo("sh", ["-c", "command -v curl > /dev/null || exit 127; " + command]) { WorkingDirectory = cloud.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipWhen(run.ExitCode == 127, "needs curl");
            return (run.ExitCode, output);
        }
    }

    [Fact]
    public async Task A_version_calls_its_own_copy_which_goes_when_the_version_goes()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var both = await cloud.BringAboutAsync(cloud.Desired(
            cloud.Artifact("a", 1, 10_000, null, Catalog(DependencySharing.Own)),
            cloud.Artifact("b", 1, 0, null, Catalog(DependencySharing.Own))));
        both.Dependencies.Select(d => d.Digest).Order(StringComparer.Ordinal).ShouldBe([cloud.Digest("a"), cloud.Digest("b")]);

        var last = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000, null, Catalog(DependencySharing.Own))));

        last.Dependencies.ShouldHaveSingleItem().Digest.ShouldBe(cloud.Digest("b"));
        using var user = new HttpClient();
        (await user.GetFromJsonAsync<Dictionary<string, string>>(last.EdgeAddress + "catalog", TestContext.Current.CancellationToken))!["TIDEGATE_DIGEST"]
            .ShouldBe(cloud.Digest("b"));
    }

    [Fact]
    public async Task A_copy_that_its_artifact_leaves_out_is_not_started_and_nobody_answers_there()
    {
        await using var cloud = await CloudUnderTest.StartAsync();

        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000, null, Catalog(DependencySharing.Own) with { SwitchedOff = true })));

        region.Phase.ShouldBe(RegionPhase.Converged);
        var dependency = region.Dependencies.ShouldHaveSingleItem();
        (dependency.On, dependency.Ready).ShouldBe((false, false));
        using var user = new HttpClient();
        using var response = await user.GetAsync(region.EdgeAddress + "catalog", TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task A_dependency_is_switched_off_and_on_again_in_every_region_under_running_instances()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var desired = cloud.Desired(cloud.Artifact("a", 1, 10_000, null, Catalog(DependencySharing.Shared)));
        await cloud.BringAboutAsync(desired, region: "us-east");
        var region = await cloud.BringAboutAsync(desired);
        using var user = new HttpClient();

        await SwitchAsync(cloud, on: false);
        foreach (var name in new[] { "us-east", CloudUnderTest.Region })
            await cloud.SeesAsync(r => r.Dependencies[0] is { On: false, Ready: false, Instance.Pid: null }, name);
        using var without = await user.GetAsync(region.EdgeAddress + "catalog", TestContext.Current.CancellationToken);
        without.StatusCode.ShouldBe(HttpStatusCode.BadGateway);

        await SwitchAsync(cloud, on: true);
        foreach (var name in new[] { "us-east", CloudUnderTest.Region })
            await cloud.SeesAsync(r => r.Dependencies[0] is { On: true, Ready: true }, name);
        using var with = await user.GetAsync(region.EdgeAddress + "catalog", TestContext.Current.CancellationToken);
        with.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await cloud.ObserveAsync()).Versions[0].Instances[0].Pid.ShouldBe(region.Versions[0].Instances[0].Pid);
    }

    [Fact]
    public async Task A_version_whose_own_copy_cannot_start_fails_and_says_so()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        var broken = new DependencyManifest("catalog", DependencySharing.Own, ["dotnet", "Absent.dll"], "/health/ready");

        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000, null, broken)));

        region.Phase.ShouldBe(RegionPhase.Failed);
        region.Failure.ShouldNotBeNull().ShouldContain("dependency catalog");
        region = await cloud.SeesAsync(r => r.Dependencies.Count == 0 && r.Versions.Count == 1);
        region.Versions[0].Digest.ShouldBe(cloud.Digest("a"));
    }

    private static DependencyManifest Catalog(DependencySharing sharing) => new("catalog", sharing, ["dotnet", "TestService.dll", "catalog"], "/health/ready");

    private static async Task SwitchAsync(CloudUnderTest cloud, bool on)
    {
        using var response = await cloud.Client.PutAsJsonAsync("environments/production/dependencies/catalog", new DependencySwitch(on), CloudJson.Default.DependencySwitch, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }
}
