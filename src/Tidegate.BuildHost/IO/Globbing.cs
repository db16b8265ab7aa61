using Microsoft.Extensions.FileSystemGlobbing;

namespace Nuke.Common.IO;

public enum GlobbingCaseSensitivity
{
    /// <summary>As the platform's file system usually is.</summary>
    Auto,
    CaseSensitive,
    CaseInsensitive,
}

/// <summary>Files and folders by pattern: <c>(RootDirectory / "src").GlobFiles("**/*.csproj", "!**/obj/**")</c>, sorted by path.</summary>
public static class Globbing
{
    public static GlobbingCaseSensitivity GlobbingCaseSensitivity = GlobbingCaseSensitivity.Auto;

    public static IReadOnlyCollection<AbsolutePath> GlobFiles(this AbsolutePath directory, params string[] patterns) =>
        [.. GlobFiles((string)directory, patterns).Select(AbsolutePath.Create)];

    public static IReadOnlyCollection<AbsolutePath> GlobDirectories(this AbsolutePath directory, params string[] patterns) =>
        [.. GlobDirectories((string)directory, patterns).Select(AbsolutePath.Create)];

    public static IReadOnlyCollection<string> GlobFiles(string directory, params string[] patterns) =>
        Directory.Exists(directory) ? [.. Matching(patterns).GetResultsInFullPath(directory).Order(StringComparer.Ordinal)] : [];

    /// <summary>Folders are matched as if they were files. Links to folders are not followed.</summary>
    public static IReadOnlyCollection<string> GlobDirectories(string directory, params string[] patterns)
    {
        if (!Directory.Exists(directory))
            return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var folders = Directory.EnumerateDirectories(directory, "*", options).Select(folder => Path.GetRelativePath(directory, folder));
        var matches = Matching(patterns).Match(directory, folders).Files;
        return [.. matches.Select(match => Path.GetFullPath(match.Path, directory)).Order(StringComparer.Ordinal)];
    }

    private static Matcher Matching(string[] patterns)
    {
        var matcher = new Matcher(GlobbingCaseSensitivity switch
        {
            GlobbingCaseSensitivity.CaseSensitive => StringComparison.Ordinal,
            GlobbingCaseSensitivity.CaseInsensitive => StringComparison.OrdinalIgnoreCase,
            _ => PathConstruction.Comparison,
        });
        foreach (var pattern in patterns)
        {
            if (pattern.StartsWith('!'))
                matcher.AddExclude(pattern[1..]);
            else
                matcher.AddInclude(pattern);
        }

        return matcher;
    }
}
