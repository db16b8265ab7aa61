using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Tidegate.LocalCloud.Contract;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary>A folder that is to be released is looked through before anything is taken: what would be something else
/// elsewhere is refused by name.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ArtifactFolderTests : IDisposable
{
    private const string Manifest = """{ "name": "shop", "version": "1", "run": ["dotnet", "shop/Shop.dll"], "health": { "live": "/live", "ready": "/ready" } }""";

    private readonly TemporaryFolder _folder = new();
    private readonly string _made;

    public ArtifactFolderTests()
    {
        _made = _folder["made"];
        Directory.CreateDirectory(Path.Combine(_made, "shop"));
        File.WriteAllText(Path.Combine(_made, "service.json"), Manifest);
        File.WriteAllText(Path.Combine(_made, "shop", "Shop.dll"), "program");
    }

    public void Dispose()
    {
        // .NET cannot name every file that a test makes here.
        using var process = Process.Start("rm", ["-r", _made]);
        process.WaitForExit();
        _folder.Dispose();
    }

    [Fact]
    public void An_ordinary_folder_is_taken() =>
        ArtifactFolder.Check(_made, _folder["store"], "shop").Name.ShouldBe("shop");

    [Fact]
    public void Links_pipes_and_sockets_are_refused_by_name_all_at_once_and_without_waiting_for_anybody()
    {
        File.WriteAllText(_folder["secret"], "key");
        Directory.CreateDirectory(_folder["tree"]);
        File.CreateSymbolicLink(Path.Combine(_made, "a-file"), _folder["secret"]);
        Directory.CreateSymbolicLink(Path.Combine(_made, "b-folder"), _folder["tree"]);
        using var process = Process.Start("mkfifo", [Path.Combine(_made, "c-pipe")]);
        process.WaitForExit();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_made, "d-socket")));

        var problems = Refused();

        problems.ShouldAllBe(p => p.Code == "TG3202");
        problems.Select(p => $"{Path.GetFileName(p.Where)}: {p.What}").Order().ShouldBe(
        [
            "a-file: this is a symbolic link.",
            "b-folder: this is a symbolic link.",
            "c-pipe: this is a pipe, socket or device.",
            "d-socket: this is a pipe, socket or device.",
        ]);
    }

    [Fact]
    public void Names_that_would_be_others_elsewhere_are_refused()
    {
        File.WriteAllText(Path.Combine(_made, "a\\b"), "");
        File.WriteAllText(Path.Combine(_made, "c\nd"), "");
        using var process = Process.Start("sh", ["-c", "touch \"$1/$(printf 'e\\377f')\"", "sh", _made]);
        process.WaitForExit();

        Refused().Select(p => (p.Code, p.What.Split(':')[0])).Order().ShouldBe(
        [
            ("TG3203", "its name has a backslash"),
            ("TG3203", "its name has a control character"),
            ("TG3203", "its name has bytes that are no UTF-8"),
        ]);
    }

    [Fact]
    public void A_backslash_is_no_way_to_give_two_trees_one_digest()
    {
        foreach (var name in new[] { "one", "two" }) Directory.CreateDirectory(_folder[name]);
        Directory.CreateDirectory(_folder["one/a"]);
        File.WriteAllText(_folder["one/a/b"], "");
        File.WriteAllText(Path.Combine(_folder["two"], "a\\b"), "");

        ArtifactContent.Digest(_folder["one"]);
        Should.Throw<ArtifactRefusedException>(() => ArtifactContent.Digest(_folder["two"]));
    }

    [Theory]
    [InlineData("", "no folder is named.")]
    [InlineData("absent", "the folder that is to be released is not there.")]
    [InlineData("made/service.json", "this is a file; a folder is released.")]
    [InlineData("empty", "the folder that is to be released is empty.")]
    [InlineData(".", "artifacts are kept in it")]
    [InlineData("store", "artifacts are kept in it, or it is kept among them")]
    public void What_is_no_folder_to_release_is_refused(string name, string says)
    {
        foreach (var folder in new[] { "empty", "store" }) Directory.CreateDirectory(_folder[folder]);

        var problem = Refused(name.Length == 0 ? "" : Path.GetFullPath(_folder[name])).ShouldHaveSingleItem();

        problem.Code.ShouldBe("TG3201");
        problem.What.ShouldStartWith(says);
    }

    [Fact]
    public void A_folder_without_a_manifest_or_with_another_services_is_refused()
    {
        Refused(_made, "orders").ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            p => p.Code.ShouldBe("TG3206"),
            p => p.What.ShouldBe("it is the artifact of 'shop', and this pipeline delivers 'orders'."));

        File.WriteAllText(Path.Combine(_made, "service.json"), "{}");
        Refused().ShouldHaveSingleItem().Code.ShouldBe("TG3205");
        File.Delete(Path.Combine(_made, "service.json"));
        Refused().ShouldHaveSingleItem().Code.ShouldBe("TG3205");
    }

    [Theory]
    [InlineData("shop", "dotnet", "shop/Shop.dll")]
    [InlineData("shop", "dotnet", "/elsewhere/db", "shop/Shop.dll")]
    [InlineData("", "python3", "service.json", "/elsewhere/db")]
    [InlineData("", "program", "elsewhere/nothing")]
    public void Settings_lie_beside_the_program_and_never_outside_the_artifact(string beside, params string[] run)
    {
        var manifest = ServiceManifest.Read(_made) with { Run = run };

        Path.GetRelativePath(_made, ArtifactFolder.OfProgram(manifest, _made))
            .ShouldBe(beside.Length == 0 ? "." : beside);
    }

    [Fact]
    public void A_program_that_leads_out_of_the_artifact_is_refused()
    {
        File.WriteAllText(_folder["out.dll"], "");
        var manifest = ServiceManifest.Read(_made) with { Run = ["dotnet", "../out.dll"] };

        Should.Throw<ArtifactRefusedException>(() => ArtifactFolder.OfProgram(manifest, _made))
            .Problems.ShouldHaveSingleItem().Code.ShouldBe("TG3207");
        Should.Throw<ArtifactRefusedException>(() => ArtifactFolder.Inside("/etc/x.dll", _made))
            .Problems.ShouldHaveSingleItem().Code.ShouldBe("TG3207");
    }

    [Fact]
    public void Every_byte_and_mode_is_copied()
    {
        File.SetUnixFileMode(Path.Combine(_made, "shop", "Shop.dll"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllBytes(Path.Combine(_made, ".hidden"), Encoding.UTF8.GetBytes("hidden"));
        var workshop = Directory.CreateDirectory(_folder["workshop"]).FullName;

        ArtifactFolder.Copy(_made, workshop);

        ArtifactContent.Listing(workshop).ShouldBe(ArtifactContent.Listing(_made));
        ArtifactContent.Listing(workshop).ShouldContain("file .hidden");
        ArtifactContent.Listing(workshop).ShouldContain("run shop/Shop.dll");
        File.GetUnixFileMode(Path.Combine(workshop, "shop", "Shop.dll")).HasFlag(UnixFileMode.UserWrite)
            .ShouldBeTrue("settings may replace it");
    }

    private IReadOnlyList<Problem> Refused(string? folder = null, string service = "shop") =>
        Should.Throw<ArtifactRefusedException>(() => ArtifactFolder.Check(folder ?? _made, _folder["store"], service))
            .Problems;
}
