using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tools.DotNet;
using Serilog;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

/// <summary>Makes the packages that other repositories import. What needs NUKE is made where a feed has NUKE; elsewhere it is named, with what is lacking.</summary>
sealed partial class Packing : IDisposable
{
    private const string OnNuke = "Tidegate.Components";
    private readonly AbsolutePath _sources;
    private readonly AbsolutePath _artifacts;
    private readonly CompilerServer _compiler = new();
    private readonly List<(string Project, string Host)> _made = [];

    private Packing(AbsolutePath root) => (_sources, _artifacts) = (root / "src", root / "artifacts");

    private AbsolutePath Packages => _artifacts / "packages";

    public static Packing Of(AbsolutePath root) => new(root);

    /// <summary>Lines for the summary: each package, and what was not made and why.</summary>
    public IReadOnlyDictionary<string, string> Run()
    {
        Packages.CreateOrCleanDirectory();
        Make("Tidegate.BuildHost", host: "InRepo");
        Make("Tidegate.Components.Package", host: "InRepo");
        Make("Tidegate.Templates", host: "InRepo");
        var lacking = LackingForNuke();
        if (lacking is null) Make("Tidegate.Components.Package", host: "Package");

        var made = Digests(Packages);
        foreach (var (name, digest) in made) Log.Information("{Package:l} sha256 {Digest:l}", name, digest);
        if (lacking is null) return made;

        Log.Warning("{Package:l} was not made: {Lacking:l}. Everything else is in {Folder:l}", OnNuke, lacking, Packages.ToString());
        made[OnNuke] = "not made: " + lacking;
        return made;
    }

    /// <summary>Compiles and packs everything once more, where nothing was compiled before, and compares.</summary>
    public string Again()
    {
        var again = _artifacts / "again";
        again.CreateOrCleanDirectory();
        foreach (var (project, host) in _made) Pack(project, host, again / "packages", again / host);

        var (first, second) = (Digests(Packages), Digests(again / "packages"));
        var differing = first.Keys.Union(second.Keys).Where(p => first.GetValueOrDefault(p) != second.GetValueOrDefault(p)).ToList();
        Assert.True(differing.Count == 0, $"Made twice, these packages differ: {string.Join(", ", differing)}. They are in {Packages} and in {again / "packages"}.");
        again.DeleteDirectory();
        return $"{first.Count} files, the same bytes";
    }

    public void Dispose() => _compiler.Dispose();

    private void Make(string project, string host)
    {
        _made.Add((project, host));
        Pack(project, host, Packages, host == "InRepo" ? _artifacts : _artifacts / $"host-{host.ToLowerInvariant()}");
    }

    private void Pack(string project, string host, AbsolutePath packages, AbsolutePath artifacts) => _compiler.Pack(_sources / project / $"{project}.csproj", s => s
        .SetConfiguration("Release")
        .SetOutputDirectory(packages)
        .SetProperty("ArtifactsPath", artifacts.ToString())
        .EnableContinuousIntegrationBuild()
        .SetProperty("NukeHost", host));

    /// <summary>What of NUKE no feed has, or null when all is there. That a feed does not answer is no reason to go on: it may have it.</summary>
    private string? LackingForNuke()
    {
        var succeeded = false;
        var output = DotNet(
            $"restore {_sources / "Tidegate.Components.Package" / "Tidegate.Components.Package.csproj"} --verbosity quiet -nologo --property:NukeHost=Package",
            logOutput: false,
            exitHandler: process => succeeded = process.ExitCode == 0);
        if (succeeded) return null;

        var errors = output.Select(o => o.Text).Where(t => t.Contains("error ", StringComparison.Ordinal)).Distinct().ToList();
        var lacking = errors.Select(e => NotFound().Match(e)).Where(m => m.Success).ToList();
        Assert.True(lacking.Count > 0 && lacking.Count == errors.Count, $"The packages of NUKE could not be restored:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}");
        return "no package feed here has " + string.Join(" and ", lacking.Select(m => $"{m.Groups["package"].Value} ({m.Groups["code"].Value})").Distinct().Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Digests(AbsolutePath folder) => folder.GlobFiles("*.nupkg", "*.snupkg")
        .OrderBy(f => f.Name, StringComparer.Ordinal)
        .ToDictionary(f => f.Name, f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))));

    /// <summary>No such package, no such version, or only versions that do not fit.</summary>
    [GeneratedRegex(@"error (?<code>NU110[123]): .*?\b(?<package>Nuke\.[A-Za-z]+(\.[A-Za-z]+)*)")]
    private static partial Regex NotFound();
}
