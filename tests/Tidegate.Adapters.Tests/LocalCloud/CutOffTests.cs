using System.Diagnostics;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>Logging out removes XDG_RUNTIME_DIR, and with it every socket of the cloud.</summary>
public sealed class CutOffTests
{
    [Fact]
    public async Task After_a_log_out_the_next_start_brings_back_what_is_desired_and_nothing_of_before_is_left()
    {
        using var elsewhere = new TestFolder();
        await using var cloud = await CloudUnderTest.StartAsync();
        var before = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        var (first, instance) = (cloud.Pid, before.Versions[0].Instances[0].Pid!.Value);
        Directory.Delete(cloud.Places.Run, recursive: true);

        cloud.Places = CloudPlaces.Of(cloud.Root, elsewhere.Path);
        (await cloud.LaunchAsync()).ExitCode.ShouldBe(0);

        var after = await cloud.SeesAsync(r => r.Phase == RegionPhase.Converged && r.Versions[0].Instances.All(i => i.State == InstancePhase.Ready));
        after.Generation.ShouldBe(before.Generation);
        CloudUnderTest.IsAlive(first).ShouldBeFalse();
        CloudUnderTest.IsAlive(instance).ShouldBeFalse();
        cloud.Processes().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 41)]
    public async Task A_cloud_that_was_cut_off_can_be_ended_and_one_that_listens_is_named_instead(bool cutOff, int code)
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        if (cutOff) Directory.Delete(cloud.Places.Run, recursive: true);

        using var sweep = Process.Start(new ProcessStartInfo("dotnet", ["exec", Built.Cloud, "--state", cloud.Places.State, "--run", cloud.Places.Run, "--sweep-and-forget"]) { RedirectStandardError = true })!;
        var error = await sweep.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await sweep.WaitForExitAsync(TestContext.Current.CancellationToken);

        sweep.ExitCode.ShouldBe(code);
        if (cutOff) cloud.Processes().ShouldBeEmpty();
        else error.ShouldContain($"(process {cloud.Pid})");
    }
}
