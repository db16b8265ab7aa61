using Nuke.Common.IO;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.IO;

public sealed class AbsolutePathTests : IDisposable
{
    private readonly Repository _repository = new();

    private AbsolutePath Root => _repository.Root;

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("/a/b/../c/./d//e/", "/a/c/d/e")]
    [InlineData("/", "/")]
    [InlineData("C:/a/b", @"C:\a\b")]
    [InlineData(@"\\server\share\x", @"\\server\share\x")]
    public void Paths_are_normalized(string text, string expected) => AbsolutePath.Create(text).ToString().ShouldBe(expected);

    [Fact]
    public void Parts_and_operators()
    {
        AbsolutePath path = "/repo/src/App.cs";

        (path / ..).ShouldBe((AbsolutePath)"/repo/src");
        (path.Parent / "../docs").ToString().ShouldBe("/repo/docs");
        (path + ".bak").Name.ShouldBe("App.cs.bak");
        (path.NameWithoutExtension, path.Extension).ShouldBe(("App", ".cs"));
        path.WithExtension("fs").Name.ShouldBe("App.fs");
        ((string)((AbsolutePath)"/repo").GetRelativePathTo(path)).ShouldBe("src/App.cs");
        ((AbsolutePath)"/repo").Contains("/repo/src").ShouldBeTrue();
        ((AbsolutePath)"/repo").Contains("/repository").ShouldBeFalse();
        Should.Throw<ArgumentException>(() => AbsolutePath.Create("relative"));
        Should.Throw<ArgumentException>(() => path / "/rooted");
    }

    [Fact]
    public void What_a_name_says_decides_which_kind_has_to_exist()
    {
        var configFile = (Root / "config.json").WriteAllText("{}");
        var outputDirectory = Root / "config.json";

        configFile.Exists().ShouldBeTrue();
        outputDirectory.Exists().ShouldBeFalse();
        Should.Throw<ArgumentException>(() => Root.Exists());
    }

    [Fact]
    public void Texts_end_with_a_line_break_unless_told_otherwise()
    {
        var file = Root / "deep" / "file.txt";

        file.WriteAllText("one").ReadAllText().ShouldBe("one" + Environment.NewLine);
        file.WriteAllText("one", eofLineBreak: false).UpdateText(text => text + "!").ReadAllText().ShouldBe("one!");
        file.WriteAllLines(["a", "b"], platformFamily: Nuke.Common.PlatformFamily.Windows).ReadAllText().ShouldBe("a\r\nb\r\n");
    }

    [Fact]
    public void Patterns_find_files_and_folders_sorted_and_leave_out_what_is_excluded()
    {
        foreach (var file in new[] { "src/B/B.csproj", "src/A/A.csproj", "src/A/obj/A.csproj", "src/A/readme.md" })
            (Root / file).WriteAllText("");

        (Root / "src").GlobFiles("**/*.csproj", "!**/obj/**").Select(file => file.Name).ShouldBe(["A.csproj", "B.csproj"]);
        Root.GlobDirectories("**/obj", "src/*").Select(folder => folder.Name).ShouldBe(["A", "obj", "B"]);
        (Root / "none").GlobFiles("**/*").ShouldBeEmpty();
    }

    [Fact]
    public void Cleaning_a_folder_does_not_reach_through_links()
    {
        var precious = (Root / "precious" / "file").WriteAllText("keep");
        var output = (Root / "output").CreateDirectory();
        Directory.CreateSymbolicLink(output / "link", precious.Parent);
        (output / "sub" / "file").WriteAllText("gone");

        output.CreateOrCleanDirectory();

        Directory.EnumerateFileSystemEntries(output).ShouldBeEmpty();
        precious.FileExists().ShouldBeTrue();
    }

    [Fact]
    public void Copying_follows_its_policy()
    {
        var source = (Root / "source" / "file").WriteAllText("new").Parent;
        var target = (Root / "target" / "file").WriteAllText("old").Parent;

        Should.Throw<IOException>(() => source.Copy(target));
        source.Copy(target, ExistsPolicy.MergeAndSkip);
        (target / "file").ReadAllText().Trim().ShouldBe("old");
        source.Copy(target, ExistsPolicy.MergeAndOverwrite);
        (target / "file").ReadAllText().Trim().ShouldBe("new");
        source.Move(Root / "moved");
        source.DirectoryExists().ShouldBeFalse();
    }
}
