using System.Runtime.CompilerServices;
using Nuke.Common.Utilities;

namespace Nuke.Common.IO;

/// <summary>What builds do with paths. Methods that change something answer the path, so that calls can be chained.</summary>
public static partial class AbsolutePathExtensions
{
    private static readonly string[] FileWords = ["file", "executable", "exe", "script", "archive"];
    private static readonly string[] DirectoryWords = ["directory", "dir", "folder"];

    /// <summary>Whether it is there as what its name in the code says: <c>configFile</c>, <c>outputDirectory</c>.</summary>
    public static bool Exists(this AbsolutePath path, [CallerArgumentExpression(nameof(path))] string expression = null)
    {
        if (expression.EndsWithAnyOrdinalIgnoreCase(FileWords))
            return path.FileExists();
        if (expression.EndsWithAnyOrdinalIgnoreCase(DirectoryWords))
            return path.DirectoryExists();
        throw new ArgumentException($"'{expression}' does not say whether a file or a directory is meant: call FileExists() or DirectoryExists().", nameof(path));
    }

    public static bool FileExists(this AbsolutePath path) => File.Exists(path);

    public static bool DirectoryExists(this AbsolutePath path) => Directory.Exists(path);

    /// <summary>The path, or null when nothing is there.</summary>
    public static AbsolutePath Existing(this AbsolutePath path, [CallerArgumentExpression(nameof(path))] string expression = null) =>
        path.Exists(expression) ? path : null;

    public static AbsolutePath ExistingFile(this AbsolutePath path) => path.FileExists() ? path : null;

    public static AbsolutePath ExistingDirectory(this AbsolutePath path) => path.DirectoryExists() ? path : null;

    public static IEnumerable<AbsolutePath> WhereFileExists(this IEnumerable<AbsolutePath> paths) => paths.Where(path => path.FileExists());

    public static IEnumerable<AbsolutePath> WhereDirectoryExists(this IEnumerable<AbsolutePath> paths) => paths.Where(path => path.DirectoryExists());

    public static bool ContainsFile(this AbsolutePath path, string pattern, SearchOption options = SearchOption.TopDirectoryOnly) =>
        path.DirectoryExists() && Directory.EnumerateFiles(path, pattern, options).Any();

    public static bool ContainsDirectory(this AbsolutePath path, string pattern, SearchOption options = SearchOption.TopDirectoryOnly) =>
        path.DirectoryExists() && Directory.EnumerateDirectories(path, pattern, options).Any();

    public static AbsolutePath FindParent(this AbsolutePath path, Func<AbsolutePath, bool> predicate) => path.Parent.FindParentOrSelf(predicate);

    public static AbsolutePath FindParentOrSelf(this AbsolutePath path, Func<AbsolutePath, bool> predicate)
    {
        for (var candidate = path; candidate is not null; candidate = candidate.Parent)
        {
            if (predicate(candidate))
                return candidate;
        }

        return null;
    }

    /// <param name="depth">1: only the folder itself.</param>
    public static IEnumerable<AbsolutePath> GetFiles(
        this AbsolutePath path, string pattern = "*", int depth = 1, FileAttributes attributes = 0) =>
        Entries(path, depth).SelectMany(folder => Directory.EnumerateFiles(folder, pattern))
            .Where(file => (File.GetAttributes(file) & attributes) == attributes)
            .Order(StringComparer.Ordinal).Select(AbsolutePath.Create);

    public static IEnumerable<AbsolutePath> GetDirectories(
        this AbsolutePath path, string pattern = "*", int depth = 1, FileAttributes attributes = 0) =>
        Entries(path, depth).SelectMany(folder => Directory.EnumerateDirectories(folder, pattern))
            .Where(folder => (File.GetAttributes(folder) & attributes) == attributes)
            .Order(StringComparer.Ordinal).Select(AbsolutePath.Create);

    public static bool HasExtension(this AbsolutePath path, string extension, params string[] alternativeExtensions) =>
        alternativeExtensions.Prepend(extension).Any(candidate => path.Extension.EqualsOrdinalIgnoreCase("." + candidate.TrimStart('.')));

    public static AbsolutePath WithExtension(this AbsolutePath path, string extension) =>
        path.Parent / System.IO.Path.ChangeExtension(path.Name, extension);

    public static bool IsDotDirectory(this AbsolutePath path) => path.Name.StartsWith('.');

    public static FileInfo ToFileInfo(this AbsolutePath path) => path is null ? null : new FileInfo(path);

    public static DirectoryInfo ToDirectoryInfo(this AbsolutePath path) => path is null ? null : new DirectoryInfo(path);

    public static DateTime GetLastWriteTimeUtc(this AbsolutePath path) => File.GetLastWriteTimeUtc(path);

    private static IEnumerable<string> Entries(string folder, int depth) => depth <= 1
        ? [folder]
        : Directory.EnumerateDirectories(folder).SelectMany(child => Entries(child, depth - 1)).Prepend(folder);
}
