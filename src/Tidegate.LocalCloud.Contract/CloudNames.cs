using System.Text.RegularExpressions;

namespace Tidegate.LocalCloud.Contract;

/// <summary>The names that may become part of a path, a label or an environment variable.</summary>
public static partial class CloudNames
{
    public static bool IsName(string? text) => text is not null && Name().IsMatch(text);

    public static bool IsDigest(string? text) => text is not null && Digest().IsMatch(text);

    /// <summary>Where an instance finds a dependency: <c>TIDEGATE_DEPENDENCY_CATALOG</c>.</summary>
    public static string DependencyVariable(string dependency) =>
        "TIDEGATE_DEPENDENCY_" + dependency.Replace('-', '_').ToUpperInvariant();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,62}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^sha256:[0-9a-f]{64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();
}
