namespace Nuke.Common.IO;

/// <summary>Paths as text: Unix, Windows and UNC forms on every platform.</summary>
public static class PathConstruction
{
    internal static StringComparison Comparison { get; } =
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public static bool HasPathRoot(string path) => GetPathRoot(path) != null;

    /// <summary><c>/</c>, <c>C:</c>, <c>\\</c>, or null.</summary>
    public static string GetPathRoot(string path)
    {
        if (string.IsNullOrEmpty(path))
            return null;
        if (path[0] == '/')
            return "/";
        if (path.StartsWith(@"\\", StringComparison.Ordinal))
            return @"\\";
        return path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]) && (path.Length == 2 || path[2] is '\\' or '/') ? path[..2] : null;
    }

    public static string Combine(string left, string right, char? separator = null)
    {
        if (string.IsNullOrEmpty(right))
            return NormalizePath(left, separator);
        Assert.False(HasPathRoot(right), $"The second path '{right}' must not be rooted");
        return string.IsNullOrEmpty(left) ? NormalizePath(right, separator) : NormalizePath(left + "/" + right, separator);
    }

    /// <summary>Without <c>.</c>, <c>..</c> where there is something to go back from, doubled and trailing separators.</summary>
    public static string NormalizePath(string path, char? separator = null)
    {
        path ??= string.Empty;
        var root = GetPathRoot(path);
        var glue = root is null ? separator ?? Path.DirectorySeparatorChar : root == "/" ? '/' : '\\';
        var parts = new List<string>();
        foreach (var part in path[(root?.Length ?? 0)..].Split(['/', '\\']))
        {
            if (part.Length == 0 || part == ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0 && parts[^1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (root is null)
                parts.Add(part);
            else
                throw new ArgumentException($"The path '{path}' goes above its root.", nameof(path));
        }

        var body = string.Join(glue, parts);
        return root switch
        {
            null => body,
            "/" or @"\\" => root + body,
            _ => root + glue + body,
        };
    }

    public static string GetRelativePath(string basePath, string destinationPath) => Path.GetRelativePath(basePath, destinationPath);

    public static UnixRelativePath GetUnixRelativePath(string basePath, string destinationPath) => (UnixRelativePath)GetRelativePath(basePath, destinationPath);

    public static WinRelativePath GetWinRelativePath(string basePath, string destinationPath) => (WinRelativePath)GetRelativePath(basePath, destinationPath);

    public static RelativePath GetRelativePathTo(this AbsolutePath basePath, string destinationPath) => (RelativePath)GetRelativePath(basePath, destinationPath);

    public static UnixRelativePath GetUnixRelativePathTo(this AbsolutePath basePath, string destinationPath) => GetUnixRelativePath(basePath, destinationPath);

    public static WinRelativePath GetWinRelativePathTo(this AbsolutePath basePath, string destinationPath) => GetWinRelativePath(basePath, destinationPath);

    public static UnixRelativePath ToUnixRelativePath(this RelativePath path) => (UnixRelativePath)(string)path;

    public static WinRelativePath ToWinRelativePath(this RelativePath path) => (WinRelativePath)(string)path;

    public static bool Contains(this AbsolutePath basePath, string destinationPath) => IsDescendantPath(basePath, destinationPath);

    public static bool IsDescendantPath(string basePath, string destinationPath)
    {
        var from = NormalizePath(basePath);
        var to = NormalizePath(destinationPath);
        return string.Equals(from, to, Comparison)
            || (to.StartsWith(from, Comparison) && (from[^1] is '/' or '\\' || to[from.Length] is '/' or '\\'));
    }
}
