using System.Reflection;
using System.Text.Json;
using Nuke.Common.IO;
using Nuke.Common.Tools.DotNet;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Tooling;

/// <summary>The newest version of a package, asked of the sources in NuGet's configuration, through dotnet.</summary>
public class LatestNuGetVersionAttribute(string packageId) : ValueInjectionAttributeBase
{
    public bool IncludePrerelease { get; set; }

    /// <summary>Sources do not show unlisted versions to dotnet, so this changes nothing here.</summary>
    public bool IncludeUnlisted { get; set; }

    public override object GetValue(MemberInfo member, object instance) =>
        NuGetVersionResolver.GetLatestVersion(packageId, IncludePrerelease, IncludeUnlisted).GetAwaiter().GetResult();
}

public static class NuGetVersionResolver
{
    /// <exception cref="InvalidOperationException">No source has the package.</exception>
    public static Task<string> GetLatestVersion(string packageId, bool includePrereleases, bool includeUnlisted = false)
    {
        var prerelease = includePrereleases ? " --prerelease" : string.Empty;
        var output = DotNetTasks.DotNet($"package search {packageId} --exact-match --format json{prerelease:nq}", logOutput: false, logInvocation: false);
        return Task.FromResult(Latest(packageId, output.StdToText(), includePrereleases));
    }

    internal static string Latest(string packageId, string answer, bool includePrereleases)
    {
        using var found = JsonDocument.Parse(answer);
        return found.RootElement.GetProperty("searchResult").EnumerateArray()
            .SelectMany(source => source.GetProperty("packages").EnumerateArray())
            .Where(package => string.Equals(package.GetProperty("id").GetString(), packageId, StringComparison.OrdinalIgnoreCase))
            .Select(package => NuGet.Versioning.NuGetVersion.Parse(package.GetProperty("version").GetString()))
            .Where(version => includePrereleases || !version.IsPrerelease)
            .Max()?.ToNormalizedString() ?? throw new InvalidOperationException($"No package source has '{packageId}'. 'dotnet nuget list source' shows the sources.");
    }
}

/// <summary>The newest release of a repository on GitHub: its tag without a leading <c>v</c>.</summary>
public class LatestGitHubReleaseAttribute(string identifier) : ValueInjectionAttributeBase
{
    public bool IncludePrerelease { get; set; }

    /// <summary>The tag as it is.</summary>
    public bool UseTagName { get; set; }

    /// <summary>Only tags that this fits, with <c>*</c> for any text.</summary>
    public string Pattern { get; set; }

    public override object GetValue(MemberInfo member, object instance) => Latest(HttpTasks.HttpDownloadString(
        $"https://api.github.com/repos/{identifier}/releases",
        headerConfigurator: static headers => headers.UserAgent.ParseAdd("Tidegate.BuildHost")));

    internal string Latest(string answer)
    {
        using var releases = JsonDocument.Parse(answer);
        var tag = releases.RootElement.EnumerateArray()
            .Where(release => IncludePrerelease || !release.GetProperty("prerelease").GetBoolean())
            .Select(release => release.GetProperty("tag_name").GetString())
            .FirstOrDefault(name => Pattern is null || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(Pattern, name));
        return UseTagName ? tag : tag?.TrimStart('v');
    }
}
