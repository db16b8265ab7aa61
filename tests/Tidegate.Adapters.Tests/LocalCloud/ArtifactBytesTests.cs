using System.Diagnostics;
using System.Net;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>What runs is what was approved: every start is from the bytes that the digest names.</summary>
public sealed class ArtifactBytesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_digest_that_is_not_that_of_the_bytes_is_refused()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var version = cloud.Artifact("a", 1, 10_000);

        var other = CloudUnderTest.NoContent("a");
        using var response = await cloud.PutAsync(cloud.Desired(version with { Digest = other }));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Token))
            .ShouldContain($"the bytes in {version.ArtifactPath} are not those of {other}: their digest is {version.Digest}");
    }

    [Fact]
    public async Task An_instance_that_dies_is_not_started_again_from_changed_bytes_until_they_are_back()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var version = cloud.Artifact("a", 1, 10_000);
        var before = await cloud.BringAboutAsync(cloud.Desired(version));
        var salt = Path.Combine(version.ArtifactPath, "salt");
        var right = await File.ReadAllTextAsync(salt, Token);
        await File.WriteAllTextAsync(salt, "other", Token);

        Kill(before);

        var refused = await cloud.SeesAsync(r => r.Failure is not null);
        refused.Phase.ShouldBe(RegionPhase.Converging);
        refused.Failure.ShouldNotBeNull().ShouldContain(
            $"the bytes in {version.ArtifactPath} are not those of {version.Digest}: salt was changed. "
            + "Nothing is started from them. Run Package again");
        refused.Versions[0].Instances.ShouldAllBe(i => i.Pid == null && i.State == InstancePhase.Exited);

        await File.WriteAllTextAsync(salt, right, Token);
        var after = await cloud.SeesAsync(r => r.Versions[0].Instances[0].State == InstancePhase.Ready);
        (after.Phase, after.Failure).ShouldBe((RegionPhase.Converged, null));
    }

    [Fact]
    public async Task After_a_restart_of_the_machine_nothing_is_started_from_changed_bytes()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var version = cloud.Artifact("a", 1, 10_000);
        var before = await cloud.BringAboutAsync(cloud.Desired(version));
        await cloud.KillAsync();
        Kill(before);
        await File.WriteAllTextAsync(Path.Combine(version.ArtifactPath, "added"), "", Token);

        await cloud.LaunchAsync();

        var refused = await cloud.SeesAsync(r => r.Failure is not null);
        refused.Failure.ShouldNotBeNull().ShouldContain("added was added");
        cloud.Processes().ShouldBe([cloud.Pid]);
    }

    [Fact]
    public async Task Changed_bytes_stand_in_the_way_of_starting_and_not_of_going_back_to_what_runs()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var (a, b) = (cloud.Artifact("a", 1, 5_000), cloud.Artifact("b", 1, 5_000));
        var before = await cloud.BringAboutAsync(cloud.Desired(a, b));
        await File.WriteAllTextAsync(Path.Combine(a.ArtifactPath, "salt"), "other", Token);
        await File.WriteAllTextAsync(Path.Combine(b.ArtifactPath, "salt"), "other", Token);

        using var more = await cloud.PutAsync(cloud.Desired(a with { Instances = 2 }, b));
        more.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var after = await cloud.BringAboutAsync(cloud.Desired(a with { Weight = 10_000 }));

        (after.Phase, after.Versions.ShouldHaveSingleItem().Weight).ShouldBe((RegionPhase.Converged, 10_000));
        after.Versions[0].Instances[0].Pid.ShouldBe(before.Versions[0].Instances[0].Pid);
    }

    [Fact]
    public async Task An_artifact_that_is_gone_takes_nothing_that_runs_with_it_and_the_same_one_elsewhere_replaces_it()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var version = cloud.Artifact("a", 1, 10_000);
        var before = await cloud.BringAboutAsync(cloud.Desired(version));
        var elsewhere = version.ArtifactPath + ".2";
        Directory.Move(version.ArtifactPath, elsewhere);

        await cloud.KillAsync();
        await cloud.LaunchAsync();
        var after = await cloud.SeesAsync(r => r.Versions[0].Instances[0].State == InstancePhase.Ready);
        after.Phase.ShouldBe(RegionPhase.Converged);
        after.Versions[0].Instances[0].Pid.ShouldBe(before.Versions[0].Instances[0].Pid);

        await cloud.BringAboutAsync(cloud.Desired(version with { ArtifactPath = elsewhere }));
        Kill(before);
        await cloud.SeesAsync(r => r.Versions[0].Instances[0] is { State: InstancePhase.Ready, Restarts: > 0 });
    }

    private static void Kill(RegionObserved region)
    {
        using var process = Process.GetProcessById(region.Versions[0].Instances[0].Pid!.Value);
        process.Kill();
    }
}
