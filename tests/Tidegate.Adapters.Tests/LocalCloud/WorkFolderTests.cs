using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;

namespace Tidegate.Adapters.Tests.LocalCloud;

[SupportedOSPlatform("linux")]
public sealed class WorkFolderTests
{
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_works_in_a_folder_of_its_own_finds_its_settings_and_can_spoil_no_artifact()
    {
        await using var cloud = CloudUnderTest.NotStarted();
        cloud.Add("a", "appsettings.json", """{ "Greeting": "hello" }""");
        await cloud.LaunchAsync();
        var version = cloud.Artifact("a", 2, 10_000);
        var region = await cloud.BringAboutAsync(cloud.Desired(version));
        using var user = new HttpClient { BaseAddress = new Uri(region.EdgeAddress) };

        using (await user.PostAsync("note/kept", null, Token)) { }
        var places = await Eventually.SeesAsync(() => PlacesAsync(user, 20), p => p.Count == 2);

        places.Select(p => p["work"]).ShouldBeUnique();
        places.Select(p => p["program"]).ShouldBeUnique();
        places.ShouldAllBe(p => p["greeting"] == "hello" && p["content"] == p["program"] && p["program"] != version.ArtifactPath);
        places.Select(p => p["note"]).ShouldBe(["kept", null], ignoreOrder: true);
        foreach (var place in places) File.GetUnixFileMode(place["work"]!).ShouldBe(OnlyMine);
        ContentList.Of(version.ArtifactPath).Digest.ShouldBe(version.Digest);

        // What it has written in its own folder outlives its process, and what it has written beside its program does
        // not.
        var noted = places.Single(p => p["note"] == "kept");
        foreach (var instance in region.Versions[0].Instances) Kill(instance.Pid!.Value);
        await cloud.SeesAsync(r => r.Versions[0].Instances.All(i => i is { State: InstancePhase.Ready, Restarts: 1 }));
        File.Exists(Path.Combine(noted["program"]!, "note.txt")).ShouldBeFalse();
        (await File.ReadAllTextAsync(Path.Combine(noted["work"]!, "note.txt"), Token)).ShouldBe("kept");

        // Both are gone with the instance.
        await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("b", 1, 10_000)));
        places.SelectMany(p => new[] { p["work"], p["program"] }).ShouldAllBe(f => !Directory.Exists(f));
    }

    [Theory]
    [InlineData("svc.py", "{0}/svc.py")]
    [InlineData("./svc.py", "{0}/svc.py")]
    [InlineData("static/", "{0}/static/")]
    [InlineData("static", "static")]
    [InlineData("absent.py", "absent.py")]
    [InlineData("catalog", "catalog")]
    [InlineData("--file", "--file")]
    [InlineData("/etc/hosts", "/etc/hosts")]
    [InlineData("../beside", "../beside")]
    [InlineData("", "")]
    public void An_argument_that_names_something_of_the_artifact_becomes_its_whole_path(string argument, string becomes)
    {
        using var folder = new TestFolder();
        var artifact = folder.At("artifact");
        Directory.CreateDirectory(Path.Combine(artifact, "static"));
        File.WriteAllText(Path.Combine(artifact, "svc.py"), "");
        File.WriteAllText(folder.At("beside"), "");

        ProgramPath.Argument(argument, artifact).ShouldBe(becomes.Replace("{0}", artifact, StringComparison.Ordinal));
    }

    private static async Task<List<Dictionary<string, string?>>> PlacesAsync(HttpClient user, int requests)
    {
        var all = new List<Dictionary<string, string?>>();
        for (var i = 0; i < requests; i++)
        {
            all.Add((await user.GetFromJsonAsync<Dictionary<string, string?>>("place", Token))!);
        }

        return [.. all.DistinctBy(p => p["work"])];
    }

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }
}
