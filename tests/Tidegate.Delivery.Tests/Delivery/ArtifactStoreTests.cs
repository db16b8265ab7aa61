using System.Runtime.Versioning;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

[UnsupportedOSPlatform("windows")]
public sealed class ArtifactStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _store;

    public ArtifactStoreTests() => _store = new ArtifactStore(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_artifact_that_somebody_has_put_a_link_or_other_bytes_into_is_not_held()
    {
        var digest = Stored("bytes");
        _store.Holds(digest).ShouldBeTrue();
        var link = Path.Combine(_store.PathOf(digest), "link");

        Opened(digest);
        File.CreateSymbolicLink(link, "program");
        _store.Wrong(digest).ShouldNotBeNull().ShouldEndWith("link: this is a symbolic link");

        File.Delete(link);
        _store.Holds(digest).ShouldBeTrue();
        File.WriteAllText(Path.Combine(_store.PathOf(digest), "program"), "other bytes");
        _store.Holds(digest).ShouldBeFalse();
    }

    [Fact]
    public void What_is_wrong_with_it_is_told_file_by_file()
    {
        var digest = Stored("bytes");
        var path = Opened(digest);
        File.WriteAllText(Path.Combine(path, "app.log"), "a service has written here");
        File.WriteAllText(Path.Combine(path, "program"), "other bytes");
        File.Delete(Path.Combine(path, "lib/part"));

        _store.Wrong(digest)
            .ShouldBe(
                $"is not as it was packaged: in {path}, app.log was added, lib/part is missing, program is changed");
        _store.Wrong(Some.Digest("another")).ShouldBe("is not in the store");
    }

    /// <summary>What is damaged may run.</summary>
    [Fact]
    public void The_same_content_again_lies_beside_a_damaged_copy_and_is_the_one_that_is_used()
    {
        var digest = Stored("bytes");
        var damaged = Opened(digest);
        File.WriteAllText(Path.Combine(damaged, "app.log"), "a service has written here");

        Stored("bytes").ShouldBe(digest);

        File.ReadAllText(Path.Combine(damaged, "app.log")).ShouldBe("a service has written here");
        File.ReadAllText(Path.Combine(damaged, "program")).ShouldBe("bytes");
        _store.Holds(digest).ShouldBeTrue();
        _store.PathOf(digest).ShouldNotBe(damaged);
        File.Exists(Path.Combine(_store.PathOf(digest), "app.log")).ShouldBeFalse();
        Stored("bytes").ShouldBe(digest);
        Directory.GetDirectories(_folder.Path).Length.ShouldBe(2, "a whole copy is there: no third is needed");
    }

    [Fact]
    public void What_is_stored_can_be_written_by_nobody_and_run_where_it_could_be_run()
    {
        var path = _store.PathOf(Stored("bytes"));

        Mode(path).ShouldBe("555");
        Mode(Path.Combine(path, "lib")).ShouldBe("555");
        Mode(Path.Combine(path, "program")).ShouldBe("555");
        Mode(Path.Combine(path, "lib/part")).ShouldBe("444");
    }

    [Fact]
    public void A_store_that_others_may_write_takes_nothing_and_what_lies_in_a_folder_of_theirs_is_not_used()
    {
        var digest = Stored("bytes");
        File.SetUnixFileMode(_store.PathOf(digest),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);
        _store.Wrong(digest).ShouldNotBeNull().ShouldEndWith("may be written by others");

        File.SetUnixFileMode(_folder.Path, File.GetUnixFileMode(_folder.Path) | UnixFileMode.GroupWrite);
        Should.Throw<ArtifactRefusedException>(() => _store.Workshop()).Problems.ShouldHaveSingleItem()
            .Code.ShouldBe("TG3208");
    }

    private static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);

    /// <summary>As a service that runs as the store's own user could.</summary>
    private string Opened(ArtifactDigest digest)
    {
        var path = _store.PathOf(digest);
        foreach (var folder in new[] { path, Path.Combine(path, "lib") })
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        File.SetUnixFileMode(Path.Combine(path, "program"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private ArtifactDigest Stored(string program)
    {
        var workshop = _store.Workshop();
        Directory.CreateDirectory(Path.Combine(workshop, "lib"));
        File.WriteAllText(Path.Combine(workshop, "program"), program);
        File.SetUnixFileMode(Path.Combine(workshop, "program"), (UnixFileMode)511);
        File.WriteAllText(Path.Combine(workshop, "lib/part"), "part");
        return _store.Take(workshop);
    }
}
