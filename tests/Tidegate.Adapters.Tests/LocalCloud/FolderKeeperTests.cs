using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Hosting;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class FolderKeeperTests
{
    [Fact]
    public void What_a_killed_cloud_could_not_remove_is_removed_and_nothing_of_what_is_there()
    {
        using var folder = new TestFolder();
        string[] left = [folder.At("copies/production/eu-west/a-1"), folder.At("work/production/eu-west/a-1")];
        string[] held = [folder.At("copies/production/eu-west/b-2"), folder.At("work/beta/eu-west/b-3")];
        foreach (var one in left.Concat(held))
        {
            Directory.CreateDirectory(one);
            File.WriteAllText(Path.Combine(one, "file"), "");
        }

        FolderKeeper.Keep(new CloudPlaces(folder.Path, folder.At("run")), () => new HashSet<string> { "b-2", "b-3" });

        left.ShouldAllBe(f => !Directory.Exists(f));
        held.ShouldAllBe(f => File.Exists(Path.Combine(f, "file")));
    }
}
