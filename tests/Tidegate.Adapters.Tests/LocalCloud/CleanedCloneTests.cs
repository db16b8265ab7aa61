using System.Runtime.Versioning;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.State;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary><c>git clean -fdx</c> takes the state folder away from a cloud that runs.</summary>
[SupportedOSPlatform("linux")]
public sealed class CleanedCloneTests
{
    [Fact]
    public async Task A_state_folder_that_was_removed_is_made_anew_for_its_owner_alone_and_the_next_start_goes_on_with_it()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        Directory.Delete(Path.GetDirectoryName(cloud.Places.State)!, recursive: true);

        var desired = cloud.Desired(cloud.Artifact("a", 2, 10_000));
        var before = await cloud.BringAboutAsync(desired);

        before.Phase.ShouldBe(RegionPhase.Converged);
        foreach (var folder in Directory.EnumerateDirectories(cloud.Places.State, "*", SearchOption.AllDirectories).Prepend(cloud.Places.State))
        {
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder);
        }

        (await cloud.LaunchAsync()).Output.ShouldStartWith("The cloud runs already");
        await cloud.KillAsync();
        (await cloud.LaunchAsync()).ExitCode.ShouldBe(0);
        var after = await cloud.SeesAsync(r => r.Phase == RegionPhase.Converged);
        after.Versions[0].Instances.Select(i => i.Pid).Order().ShouldBe(before.Versions[0].Instances.Select(i => i.Pid).Order());
    }

    [Fact]
    public void A_number_is_not_given_twice_when_its_file_was_removed()
    {
        using var folder = new TestFolder();
        var ids = new IdSequence(folder.At("sequence"));
        var given = Enumerable.Range(0, 50).Select(_ => ids.Next()).ToList();

        File.Delete(folder.At("sequence"));
        given.AddRange(Enumerable.Range(0, 200).Select(_ => ids.Next()));

        given.ShouldBeUnique();
    }
}
