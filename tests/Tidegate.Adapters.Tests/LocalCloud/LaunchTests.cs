using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

[SupportedOSPlatform("linux")]
public sealed class LaunchTests
{
    [Fact]
    public async Task The_cloud_holds_no_stream_of_whoever_started_it_and_has_a_session_of_its_own()
    {
        await using var cloud = CloudUnderTest.NotStarted();

        // A third pipe as well, as a script may have open: reading to the end would never end if the cloud held one of them.
        using var script = Process.Start(new ProcessStartInfo("sh", ["-c", "exec 3>&1; exec \"$@\"", "sh", "dotnet", "exec", Built.Cloud, "--state", cloud.Places.State, "--run", cloud.Places.Run])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        var error = script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await error).ShouldBe("");
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        var (_, said, _) = await cloud.LaunchAsync();
        said.ShouldStartWith($"The cloud runs already as process {cloud.Pid}.");
        output.ShouldStartWith($"The cloud runs as process {cloud.Pid}.");
        var stat = await File.ReadAllTextAsync($"/proc/{cloud.Pid}/stat", TestContext.Current.CancellationToken);
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        (fields[3], fields[4]).ShouldBe((cloud.Pid.ToString(CultureInfo.InvariantCulture), "0"), "session, terminal");
    }

    [Fact]
    public async Task Two_clouds_started_at_once_for_one_clone_become_one()
    {
        await using var cloud = CloudUnderTest.NotStarted();

        var starts = await Task.WhenAll(cloud.LaunchAsync(), cloud.LaunchAsync(), cloud.LaunchAsync());

        starts.ShouldAllBe(s => s.ExitCode == 0);
        cloud.Processes().ShouldBe([cloud.Pid]);
    }

    [Fact]
    public async Task Clouds_of_two_clones_do_not_see_each_other()
    {
        await using var one = await CloudUnderTest.StartAsync();
        await using var other = await CloudUnderTest.StartAsync();
        var ofOne = await one.BringAboutAsync(one.Desired(one.Artifact("a", 1, 10_000)));
        var ofOther = await other.BringAboutAsync(other.Desired(other.Artifact("a", 1, 10_000)));

        ofOne.EdgeAddress.ShouldNotBe(ofOther.EdgeAddress);
        await one.ShutDownAsync(forget: true);

        one.Processes().ShouldBeEmpty();
        (await other.ObserveAsync()).Versions[0].Instances.ShouldHaveSingleItem().State.ShouldBe(InstancePhase.Ready);
    }

    [Fact]
    public async Task Its_folders_and_sockets_are_open_to_nobody_else()
    {
        await using var cloud = await CloudUnderTest.StartAsync();

        foreach (var folder in new[] { cloud.Places.State, cloud.Places.Run, Path.Combine(cloud.Places.Run, "i") })
        {
            (File.GetUnixFileMode(folder) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)).ShouldBe(UnixFileMode.None);
        }
    }

    [Fact]
    public async Task A_run_folder_that_others_can_enter_is_refused()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        cloud.Places.Ensure();
        File.SetUnixFileMode(cloud.Places.Run, File.GetUnixFileMode(cloud.Places.Run) | UnixFileMode.OtherExecute);

        var (code, _, error) = await cloud.LaunchAsync();

        code.ShouldBe(30);
        error.ShouldContain($"{cloud.Places.Run} is open to others (mode 701)");
    }

    [Fact]
    public async Task A_run_folder_that_is_a_link_is_refused()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        cloud.Places.Ensure();
        Directory.Delete(cloud.Places.Run);
        Directory.CreateSymbolicLink(cloud.Places.Run, cloud.Places.State);

        var (code, _, error) = await cloud.LaunchAsync();

        code.ShouldBe(30);
        error.ShouldContain($"{cloud.Places.Run} is not a folder but a link");
    }

    [Theory]
    [InlineData("--state", "/tmp/x")]
    [InlineData("--state", "relative", "--run", "/tmp/x")]
    [InlineData("--unknown")]
    [InlineData("--state", "/tmp/x", "--run", "/tmp/a-path-that-is-far-too-long-for-the-107-bytes-of-a-socket-and-its-name")]
    public async Task Arguments_that_cannot_be_used_are_refused(params string[] arguments)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", ["exec", Built.Cloud, .. arguments]) { RedirectStandardError = true })!;
        var error = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        program.ExitCode.ShouldBe(30);
        error.ShouldNotBeEmpty();
    }
}
