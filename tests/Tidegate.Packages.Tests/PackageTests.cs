using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Tidegate.Testing;

namespace Tidegate.Packages.Tests;

/// <summary>What lies in the packages.</summary>
[Collection(nameof(PackedFeed))]
public sealed class PackageTests(PackedFeed feed)
{
    private const string Standalone = "Tidegate.Components.Standalone";

    private static readonly string[] Inside =
    [
        "Tidegate.Components", "Tidegate.Domain", "Tidegate.Engine", "Tidegate.Ledger", "Tidegate.LocalCloud.Contract", "Tidegate.Pipeline", "Tidegate.Platforms.Local",
        "Tidegate.Signals",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Standalone)]
    [InlineData("Tidegate.BuildHost")]
    [InlineData("Tidegate.Templates")]
    public void Every_package_says_what_it_is_whose_and_what_changed(string id)
    {
        using var package = ZipFile.OpenRead(feed.Package(id));
        var metadata = Nuspec(package);

        package.Entries.Select(e => e.FullName).ShouldBeSubsetOf(package.Entries.Select(e => e.FullName).Distinct());
        foreach (var file in new[] { "README.md", "LICENSE", "CHANGELOG.md" }) package.GetEntry(file).ShouldNotBeNull(file);
        Value(metadata, "license").ShouldBe("MIT");
        Value(metadata, "readme").ShouldBe("README.md");
        Value(metadata, "version").ShouldBe(feed.Version);
        Value(metadata, "description").Length.ShouldBeGreaterThan(60);
        File.ReadAllText(Repository.File("CHANGELOG.md")).ShouldContain("## Unreleased");
    }

    [Fact]
    public void Every_library_comes_with_its_documentation_and_its_symbols()
    {
        foreach (var (id, libraries) in new[] { (Standalone, Inside), ("Tidegate.BuildHost", ["Tidegate.BuildHost"]) })
        {
            using var package = ZipFile.OpenRead(feed.Package(id));
            using var symbols = ZipFile.OpenRead(feed.Package(id, "snupkg"));

            Names(package, "lib/net10.0/", ".dll").ShouldBe(libraries);
            Names(package, "lib/net10.0/", ".xml").ShouldBe(libraries);
            Names(symbols, "lib/net10.0/", ".pdb").ShouldBe(libraries);
        }
    }

    [Fact]
    public void Whatever_the_libraries_use_is_inside_or_named_as_a_dependency()
    {
        using var package = ZipFile.OpenRead(feed.Package(Standalone));
        var dependencies = Dependencies(Nuspec(package));
        var provided = dependencies.SelectMany(d => Provides(d.Id, d.Version)).Concat(Inside).Concat(Framework()).ToHashSet();

        dependencies.Select(d => d.Id).ShouldNotContain(d => Inside.Contains(d));
        dependencies.ShouldContain(("Tidegate.BuildHost", feed.Version));
        foreach (var name in Inside) Uses(package.GetEntry($"lib/net10.0/{name}.dll")!).ShouldBeSubsetOf(provided, name);
    }

    [Fact]
    public void The_embedded_platform_is_carried_along_with_what_it_runs_on()
    {
        using var package = ZipFile.OpenRead(feed.Package(Standalone));

        Names(package, "tools/localcloud/", ".dll").ShouldBeUnique();
        Names(package, "tools/localcloud/", ".dll").ShouldContain("Tidegate.LocalCloud");
        Names(package, "tools/localcloud/", ".dll").ShouldContain("Tidegate.Edge");
        using var settings = new StreamReader(package.GetEntry("tools/localcloud/Tidegate.LocalCloud.runtimeconfig.json")!.Open());
        settings.ReadToEnd().ShouldContain("Microsoft.AspNetCore.App");
        package.GetEntry("tools/localcloud/THIRD-PARTY-NOTICES.txt").ShouldNotBeNull();
        package.GetEntry($"buildTransitive/{Standalone}.targets").ShouldNotBeNull();
    }

    [Fact]
    public async Task Packing_again_gives_the_same_bytes()
    {
        using var again = new TemporaryFolder();
        foreach (var (project, id) in new[] { ("Tidegate.BuildHost", "Tidegate.BuildHost"), ("Tidegate.Components.Package", Standalone), ("Tidegate.Templates", "Tidegate.Templates") })
        {
            var (exit, output) = await Command.PackAsync(project, again.Path, Token, $"--property:PackageVersion={feed.Version}");
            exit.ShouldBe(0, output);
            File.ReadAllBytes(again[$"{id}.{feed.Version}.nupkg"]).ShouldBe(File.ReadAllBytes(feed.Package(id)), id);
        }
    }

    [Fact]
    public async Task For_the_components_on_NUKE_nothing_is_lacking_but_NUKE()
    {
        var project = Repository.File("src", "Tidegate.Components.Package", "Tidegate.Components.Package.csproj");

        var (exit, output) = await Command.RunAsync("dotnet", Repository.Root, new Dictionary<string, string?>(), Token,
            "restore", project, "--verbosity", "quiet", "-nologo", "--property:NukeHost=Package");

        var errors = output.Split('\n').Where(l => l.Contains("error", StringComparison.Ordinal)).ToList();
        errors.ShouldAllBe(e => e.Contains("NU1101", StringComparison.Ordinal) && e.Contains(" Nuke.", StringComparison.Ordinal));
        (errors.Count == 0).ShouldBe(exit == 0, output);
        File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.Package.lock.json")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Tidegate.Components", "")]
    [InlineData("Tidegate.Components.Package", "--property:PackageId=Tidegate.Components")]
    public async Task Components_that_were_compiled_against_the_build_host_are_never_packed_as_those_for_NUKE(string project, string property)
    {
        using var folder = new TemporaryFolder();

        var (exit, output) = await Command.PackAsync(project, folder.Path, Token, [.. new[] { property }.Where(p => p.Length > 0)]);

        exit.ShouldNotBe(0);
        output.ShouldContain("Tidegate.Components is made against NUKE and nothing else");
        output.ShouldContain("Tidegate.Components.Standalone");
        Directory.EnumerateFiles(folder.Path, "*.nupkg").ShouldBeEmpty();
    }

    /// <summary>Assemblies of a package and of those behind it, as they lie in the cache.</summary>
    private IEnumerable<string> Provides(string id, string version)
    {
        if (id == "Tidegate.BuildHost") return [id];

        var folder = new DirectoryInfo(Path.Combine(feed.Others, id.ToLowerInvariant(), version.Trim('[', ']').Split(',')[0]));
        if (!folder.Exists) return []; // what another framework would need was never restored

        var nuspec = XDocument.Load(folder.GetFiles("*.nuspec").Single().FullName).Root!;
        return folder.GetFiles("*.dll", SearchOption.AllDirectories).Select(f => Path.GetFileNameWithoutExtension(f.Name))
            .Concat(Dependencies(nuspec).SelectMany(d => Provides(d.Id, d.Version)));
    }

    private static List<(string Id, string Version)> Dependencies(XElement nuspec) =>
        [.. nuspec.Descendants().Where(e => e.Name.LocalName == "dependency").Select(d => ((string)d.Attribute("id")!, (string)d.Attribute("version")!))];

    private static IEnumerable<string> Framework() =>
        Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Select(f => Path.GetFileNameWithoutExtension(f));

    private static List<string> Uses(ZipArchiveEntry library)
    {
        using var stream = new MemoryStream();
        using (var packed = library.Open()) packed.CopyTo(stream);
        stream.Position = 0;
        using var assembly = new PEReader(stream);
        var metadata = assembly.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }

    private static IEnumerable<string> Names(ZipArchive package, string folder, string extension) => package.Entries
        .Select(e => e.FullName)
        .Where(n => n.StartsWith(folder, StringComparison.Ordinal) && n.EndsWith(extension, StringComparison.Ordinal))
        .Select(n => Path.GetFileNameWithoutExtension(n))
        .Order(StringComparer.Ordinal);

    private static XElement Nuspec(ZipArchive package)
    {
        using var stream = package.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!;
    }

    private static string Value(XElement nuspec, string name) => nuspec.Descendants().Single(e => e.Name.LocalName == name).Value;
}
