using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using Nuke.Common.IO;

namespace Tidegate.BuildHost.Tests.IO;

public sealed class ArchiveTests : IDisposable
{
    private readonly AbsolutePath _root = Directory.CreateTempSubdirectory("archives-").FullName;

    private AbsolutePath Target => _root / "target";

    public void Dispose() => _root.DeleteDirectory();

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar.gz")]
    [InlineData("a.tgz")]
    [InlineData("a.tar.bz2")]
    public void A_folder_comes_back_as_it_was(string name)
    {
        (_root / "source" / "one.txt").WriteAllText("one");
        (_root / "source" / "deep" / "down" / "two.txt").WriteAllText("two");
        (_root / "source" / "left-out.log").WriteAllText("noise");

        (_root / "source").CompressTo(_root / name, file => !file.HasExtension("log"));
        (_root / name).UncompressTo(Target);

        Files().ShouldBe(["deep/down/two.txt", "one.txt"]);
        (Target / "deep" / "down" / "two.txt").ReadAllText().ShouldBe((_root / "source" / "deep" / "down" / "two.txt").ReadAllText());
    }

    [Fact]
    public void A_name_that_does_not_say_the_form_is_refused() =>
        Should.Throw<NotSupportedException>(() => _root.CompressTo(_root / "a.rar")).Message.ShouldContain("Name it .zip");

    [Fact]
    public void An_archive_that_is_there_is_not_overwritten_unless_that_is_said()
    {
        (_root / "source" / "one.txt").WriteAllText("one");
        (_root / "source").ZipTo(_root / "a.zip");

        Should.Throw<IOException>(() => (_root / "source").ZipTo(_root / "a.zip"));
        (_root / "source").ZipTo(_root / "a.zip", fileMode: FileMode.Create);
    }

    [Theory]
    [InlineData("../x", "climbs out")]
    [InlineData("a/../../x", "climbs out")]
    [InlineData("a/..", "climbs out")]
    [InlineData("/x", "absolute")]
    [InlineData("C:/x", "absolute")]
    [InlineData("..\\x", "backslash")]
    [InlineData("a\\b", "backslash")]
    [InlineData("a//b", "empty part")]
    [InlineData("a/./b", "empty part")]
    [InlineData("a\u0007b", "control characters")]
    public void A_name_that_leads_elsewhere_refuses_the_whole_archive(string name, string why)
    {
        Refused(Zip("good.txt", name)).ShouldContain(why);
        Refused(Tar(File("good.txt"), File(name))).ShouldContain(why);
    }

    [Theory]
    [InlineData("same.txt", "same.txt", "twice")]
    [InlineData("Same.txt", "same.txt", "only in case")]
    [InlineData("same", "same/below.txt", "below an entry that is no folder")]
    public void Two_entries_for_one_place_refuse_the_whole_archive(string one, string other, string why)
    {
        Refused(Zip(one, other)).ShouldContain(why);
        Refused(Tar(File(one), File(other))).ShouldContain(why);
    }

    [Theory]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    public void A_pipe_or_a_device_refuses_the_whole_archive(TarEntryType type) =>
        Refused(Tar(File("good.txt"), new PaxTarEntry(type, "odd"))).ShouldContain("is a device, a pipe");

    [Theory]
    [InlineData("link", "/etc/passwd")]
    [InlineData("link", "../outside")]
    [InlineData("link", "..")]
    [InlineData("a/link", "../../outside")]
    [InlineData("link", "a/../../outside")]
    [InlineData("link", "a/..")]
    [InlineData("link", "..\\outside")]
    public void A_link_out_of_the_folder_refuses_the_whole_archive(string name, string target)
    {
        Refused(Tar(File("good.txt"), new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target })).ShouldContain("leaves the folder");
        Refused(ZipWithLink(name, target)).ShouldContain("leaves the folder");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    public void A_hard_link_out_of_the_folder_refuses_the_whole_archive(string target) =>
        Refused(Tar(File("good.txt"), new PaxTarEntry(TarEntryType.HardLink, "link") { LinkName = target })).ShouldContain("leaves the folder");

    [Fact]
    public void Nothing_is_written_through_a_link_of_the_archive() =>
        Refused(Tar(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "a" }, File("link/x"))).ShouldContain("below an entry that is no folder");

    [Fact]
    public void Links_inside_the_folder_are_made()
    {
        Tar(File("a/one.txt"), new PaxTarEntry(TarEntryType.SymbolicLink, "a/near") { LinkName = "one.txt" },
            new PaxTarEntry(TarEntryType.SymbolicLink, "b/far") { LinkName = "../a/one.txt" }, new PaxTarEntry(TarEntryType.HardLink, "copy") { LinkName = "a/one.txt" })
            .UnTarGZipTo(Target);

        Files().ShouldBe(["a/near", "a/one.txt", "b/far", "copy"]);
        (Target / "b" / "far").ReadAllText().ShouldBe("a/one.txt");
    }

    [Fact]
    public void A_link_that_lies_in_the_folder_already_is_neither_followed_nor_written_through()
    {
        (_root / "outside" / "kept.txt").WriteAllText("kept");
        Target.CreateDirectory();
        System.IO.File.CreateSymbolicLink(Target / "file", _root / "outside" / "kept.txt");
        Directory.CreateSymbolicLink(Target / "folder", _root / "outside");

        Zip("file").UnZipTo(Target);
        Should.Throw<InvalidDataException>(() => Zip("folder/new.txt").UnZipTo(Target)).Message.ShouldContain("Remove the link");

        (_root / "outside" / "kept.txt").ReadAllText().ShouldStartWith("kept");
        Directory.GetFiles(_root / "outside").Length.ShouldBe(1);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_program_stays_one_but_never_runs_as_somebody_else()
    {
        Tar(new PaxTarEntry(TarEntryType.RegularFile, "run.sh") { Mode = (UnixFileMode)0b110_111_101_101, DataStream = Content("x") }).UnTarGZipTo(Target);

        System.IO.File.GetUnixFileMode(Target / "run.sh").ShouldBe((UnixFileMode)0b111_101_101);
    }

    [Fact]
    public void Every_entry_that_is_refused_is_named_at_once()
    {
        var message = Refused(Tar(File("../x"), File("/y"), new PaxTarEntry(TarEntryType.Fifo, "z")));

        message.ShouldContain("'../x'");
        message.ShouldContain("'/y'");
        message.ShouldContain("'z'");
        message.ShouldContain("nothing was written");
    }

    private string Refused(AbsolutePath archive)
    {
        var message = Should.Throw<InvalidDataException>(() => archive.UncompressTo(Target)).Message;
        Target.DirectoryExists().ShouldBeFalse();
        return message;
    }

    private string[] Files() => [.. Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories).Select(file => (string)Target.GetUnixRelativePathTo(file)).Order(StringComparer.Ordinal)];

    private AbsolutePath Zip(params string[] names)
    {
        using var archive = new ZipArchive(System.IO.File.Create(_root / "made.zip"), ZipArchiveMode.Create);
        foreach (var name in names)
        {
            using var content = archive.CreateEntry(name).Open();
            content.Write("new"u8);
        }

        return _root / "made.zip";
    }

    private AbsolutePath ZipWithLink(string name, string target)
    {
        using var archive = new ZipArchive(System.IO.File.Create(_root / "made.zip"), ZipArchiveMode.Create);
        var entry = archive.CreateEntry(name);
        entry.ExternalAttributes = (0xA000 | 0x1FF) << 16;
        using var content = entry.Open();
        content.Write(System.Text.Encoding.UTF8.GetBytes(target));
        return _root / "made.zip";
    }

    private AbsolutePath Tar(params TarEntry[] entries)
    {
        using var writer = new TarWriter(new GZipStream(System.IO.File.Create(_root / "made.tar.gz"), CompressionLevel.Fastest), TarEntryFormat.Pax);
        foreach (var entry in entries)
            writer.WriteEntry(entry);
        return _root / "made.tar.gz";
    }

    private static PaxTarEntry File(string name) => new(TarEntryType.RegularFile, name) { DataStream = Content(name) };

    private static MemoryStream Content(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}
