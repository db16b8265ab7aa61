using System.Text.Json;
using System.Xml.Linq;
using Nuke.Common.IO;
using Tidegate.BuildHost.Execution;

namespace Nuke.Common.Tooling;

/// <summary>Packages that restoring the build has brought, in NuGet's own folder.</summary>
internal static class NuGetPackages
{
    private static AbsolutePath Cache => EnvironmentInfo.GetVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? AbsolutePath.FromWorkingDirectory(folder)
        : (AbsolutePath)Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) / ".nuget" / "packages";

    public static AbsolutePath Folder(string packageId, string version)
    {
        version ??= NamedVersion(packageId) ?? throw new FileNotFoundException(
            $"The build project names no version of the package '{packageId}'. Add <PackageDownload Include=\"{packageId}\" Version=\"[1.2.3]\" /> to it.");
#pragma warning disable CA1308 // NuGet's folders are in lower case.
        var folder = Cache / packageId.ToLowerInvariant() / version.ToLowerInvariant();
#pragma warning restore CA1308
        return folder.DirectoryExists() ? folder : throw new FileNotFoundException(
            $"The package '{packageId}' {version} has not been restored: {folder} is not there. Add <PackageDownload Include=\"{packageId}\" Version=\"[{version}]\" /> to the build project.");
    }

    public static string Executable(AbsolutePath folder, IReadOnlyList<string> names, string framework)
    {
        foreach (var name in names)
        {
            AbsolutePath[] found = [.. Directory.EnumerateFiles(folder, name, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(AbsolutePath.Create)
                .Where(file => framework is null || file.ToString().Split('/', '\\').Contains(framework, StringComparer.OrdinalIgnoreCase))];
            if (found.Length > 1)
                throw new FileNotFoundException($"{folder} has '{name}' more than once: {string.Join(", ", found.Select(file => folder.GetUnixRelativePathTo(file)))}. Say which with Framework.");
            if (found.Length == 1)
                return found[0];
        }

        throw new FileNotFoundException($"{folder} has no file {string.Join(" or ", names.Select(name => $"'{name}'"))}{(framework is null ? string.Empty : $" for {framework}")}.");
    }

    /// <summary>What the restored project says, else what its file says.</summary>
    internal static string NamedVersion(string packageId)
    {
        var session = BuildSession.Current;
        return session.BuildProjectFile is not { } project || !project.FileExists()
            ? null
            : FromAssets(project.Parent / "obj" / "project.assets.json", packageId) ?? FromProject(project, packageId);
    }

    internal static string FromAssets(AbsolutePath file, string packageId)
    {
        if (!file.FileExists())
            return null;
        using var assets = JsonDocument.Parse(File.ReadAllText(file));
        var library = assets.RootElement.GetProperty("libraries").EnumerateObject().Select(each => each.Name.Split('/'))
            .FirstOrDefault(parts => string.Equals(parts[0], packageId, StringComparison.OrdinalIgnoreCase));
        return library?[1] ?? assets.RootElement.GetProperty("project").GetProperty("frameworks").EnumerateObject()
            .SelectMany(each => each.Value.TryGetProperty("downloadDependencies", out var downloads) ? downloads.EnumerateArray().ToArray() : [])
            .Where(download => string.Equals(download.GetProperty("name").GetString(), packageId, StringComparison.OrdinalIgnoreCase))
            .Select(download => Exact(download.GetProperty("version").GetString())).FirstOrDefault();
    }

    internal static string FromProject(AbsolutePath project, string packageId) => XDocument.Load(project).Descendants()
        .Where(element => element.Name.LocalName is "PackageDownload" or "PackageReference" && string.Equals(element.Attribute("Include")?.Value, packageId, StringComparison.OrdinalIgnoreCase))
        .Select(element => Exact(element.Attribute("Version")?.Value)).FirstOrDefault();

    // "[1.2.3]" and "[1.2.3, 1.2.3]" are both 1.2.3.
    private static string Exact(string range) => range?.Trim('[', ']').Split(',')[0].Trim();
}
