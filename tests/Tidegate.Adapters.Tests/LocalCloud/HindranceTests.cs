using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>The disk is full, or somebody has taken a folder away: what the cloud cannot do now it does later, and says so meanwhile.</summary>
[SupportedOSPlatform("linux")]
public sealed class HindranceTests
{
    [Fact]
    public async Task A_region_whose_state_cannot_be_written_starts_its_instances_again_all_the_same_and_tells_the_reason_until_it_is_gone()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var before = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));

        using (Blocked(RegionFolder(cloud)))
        {
            Kill(before.Versions[0].Instances[0].Pid!.Value);

            var hindered = await cloud.SeesAsync(r => r.Failure is not null && r.Versions[0].Instances[0] is { Restarts: 1, State: InstancePhase.Ready });
            hindered.Phase.ShouldBe(RegionPhase.Converging);
            hindered.Failure.ShouldNotBeNull().ShouldContain(RegionFolder(cloud));
        }

        (await cloud.SeesAsync(r => r.Phase == RegionPhase.Converged)).Failure.ShouldBeNull();
        (await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000)))).Versions.ShouldHaveSingleItem().Digest.ShouldBe(cloud.Digest("b"));
    }

    [Fact]
    public async Task A_desired_state_that_cannot_be_written_down_is_refused_and_the_same_one_is_taken_later()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var before = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        var desired = cloud.Desired(cloud.Artifact("a", 2, 10_000));

        using (Blocked(RegionFolder(cloud)))
        {
            using var response = await cloud.PutAsync(desired);
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("cannot be written down");
            (await cloud.ObserveAsync()).Generation.ShouldBe(before.Generation);
        }

        (await cloud.BringAboutAsync(desired)).Versions[0].Instances.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_instance_that_dies_when_the_folder_of_the_sockets_is_gone_does_not_end_the_region()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var before = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        Directory.Delete(Path.Combine(cloud.Places.Run, "i"), recursive: true);

        Kill(before.Versions[0].Instances[0].Pid!.Value);

        await cloud.SeesAsync(r => r.Versions[0].Instances[0] is { Restarts: > 0, State: InstancePhase.Ready });
    }

    [Fact]
    public async Task An_environment_that_could_not_be_removed_tells_why_and_is_removed_when_it_is_asked_for_again()
    {
        const string environment = "fd";
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)), environment: environment);
        var desired = cloud.Desired(cloud.Artifact("a", 1, 10_000)) with { Generation = 100 };
        var data = Path.Combine(cloud.Places.State, "data");
        Directory.Move(data, data + ".away");
        Directory.CreateSymbolicLink(data, "/proc/self"); // whose entries nobody can remove, not even root

        using (await cloud.Client.DeleteAsync($"environments/{environment}?generation=50", TestContext.Current.CancellationToken))
        {
            var removing = await cloud.SeesAsync(r => r.Failure is not null, environment: environment);
            removing.Phase.ShouldBe(RegionPhase.Removing);
            using var response = await cloud.PutAsync(desired, environment: environment);
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("not gone yet");
        }

        Directory.Delete(data);
        Directory.Move(data + ".away", data);
        (await cloud.BringAboutAsync(desired, environment: environment)).Generation.ShouldBe(100);
    }

    [Fact]
    public async Task A_cloud_that_cannot_forget_ends_all_the_same_and_its_log_tells_why()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        Directory.CreateDirectory(Path.Combine(cloud.Places.State, "deleted.json")); // a folder is not removed as a file

        await cloud.ShutDownAsync(forget: true);

        cloud.Processes().ShouldBeEmpty();
        (await File.ReadAllTextAsync(cloud.Places.Log, TestContext.Current.CancellationToken)).ShouldContain("What was desired and stored is not forgotten");
    }

    private static string RegionFolder(CloudUnderTest cloud) => Path.Combine(cloud.Places.State, "environments", CloudUnderTest.Environment, CloudUnderTest.Region);

    private static Blockade Blocked(string folder) => new(folder);

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    /// <summary>A file in the place of a folder: nothing can be written there, not even by root.</summary>
    private sealed class Blockade : IDisposable
    {
        private readonly string _folder;

        public Blockade(string folder)
        {
            _folder = folder;
            Directory.Move(folder, folder + ".away");
            File.WriteAllText(folder, "");
        }

        public void Dispose()
        {
            File.Delete(_folder);
            Directory.Move(_folder + ".away", _folder);
        }
    }
}
