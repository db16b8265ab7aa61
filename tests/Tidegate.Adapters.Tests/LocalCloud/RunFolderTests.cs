using System.Runtime.Versioning;
using Tidegate.LocalCloud.Contract;
using Tidegate.Platforms.Local;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>From cron, with sudo or in a second shell XDG_RUNTIME_DIR is another one or none: the running cloud is found all the same.</summary>
[SupportedOSPlatform("linux")]
public sealed class RunFolderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/nonexistent/run/user/4711")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_running_cloud_is_found_and_ended_by_whoever_comes_with_another_environment(string? runtimeFolder)
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var places = CloudPlaces.Of(cloud.Root, runtimeFolder);
        using var client = new LocalCloudClient(places);

        (await client.InfoAsync(Token)).ShouldNotBeNull().Pid.ShouldBe(cloud.Pid);
        await client.ShutdownAsync(forget: true, Token);

        await Eventually.IsSoAsync(() => !CloudUnderTest.IsAlive(cloud.Pid));
        CloudPlaces.Of(cloud.Root, "/elsewhere").Run.ShouldStartWith("/elsewhere/", Case.Sensitive, "it has ended in order: the next one may be started there");
    }

    [Fact]
    public async Task The_folder_of_a_cloud_that_was_killed_is_kept_while_it_is_there_and_replaced_once_it_is_gone()
    {
        using var other = new TestFolder();
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.KillAsync();

        CloudPlaces.Of(cloud.Root, other.Path).Run.ShouldBe(cloud.Places.Run);
        Directory.Delete(cloud.Places.Run, recursive: true); // as a restart of the machine does
        cloud.Places = CloudPlaces.Of(cloud.Root, other.Path);
        cloud.Places.Run.ShouldStartWith(other.Path);
        (await cloud.LaunchAsync()).ExitCode.ShouldBe(0);

        CloudPlaces.Of(cloud.Root, null).ShouldBe(cloud.Places);
    }

    [Fact]
    public async Task A_remembered_folder_is_trusted_only_while_nobody_else_can_have_a_hand_in_it()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        foreach (var folder in new[] { cloud.Places.Run, Path.GetDirectoryName(cloud.Places.Run)!, cloud.Places.State })
        {
            var mode = File.GetUnixFileMode(folder);
            File.SetUnixFileMode(folder, mode | UnixFileMode.OtherWrite);
            CloudPlaces.Of(cloud.Root, "/elsewhere").Run.ShouldStartWith("/elsewhere/", Case.Sensitive, folder);
            File.SetUnixFileMode(folder, mode);
        }

        CloudPlaces.Of(cloud.Root, "/elsewhere").Run.ShouldBe(cloud.Places.Run);
    }

    [Fact]
    public async Task A_copied_clone_does_not_take_the_original_s_cloud_for_its_own()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        using var copy = new TestFolder();
        var state = CloudPlaces.Of(copy.Path, "/elsewhere").State;
        Directory.CreateDirectory(Path.GetDirectoryName(state)!);
        PrivateFolder.Ensure(state);
        File.Copy(Path.Combine(cloud.Places.State, "run"), Path.Combine(state, "run"));

        CloudPlaces.Of(copy.Path, "/elsewhere").Run.ShouldStartWith("/elsewhere/");
    }

    [Theory]
    [InlineData("")]
    [InlineData("relative/0123456789ab")]
    [InlineData("/tmp")]
    [InlineData("/\0")]
    public void What_no_cloud_has_written_is_not_believed(string written)
    {
        using var clone = new TestFolder();
        var places = CloudPlaces.Of(clone.Path, clone.Path);
        places.Ensure();
        File.WriteAllText(Path.Combine(places.State, "run"), written);

        CloudPlaces.Of(clone.Path, clone.Path).ShouldBe(places);
    }
}
