using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Tidegate.BuildHost.Configurations;

/// <summary>What a target leaves for others: a folder or files below the root, with a name to keep it under.</summary>
/// <param name="Name">The last folder, or the file, without wildcards.</param>
/// <param name="Path">From the root, with slashes; may have wildcards.</param>
internal sealed record Product(string Name, string Path)
{
    /// <summary>The folder before the first wildcard.</summary>
    public string Folder => string.Join('/', Path.Split('/').TakeWhile(part => !part.Contains('*', StringComparison.Ordinal)));

    public static IEnumerable<Product> Of(IEnumerable<ExecutableTarget> targets, AbsolutePath root) =>
        targets.SelectMany(target => target.ArtifactProducts).Select(path => Of(path, root)).DistinctBy(product => product.Path);

    public static Product Of(string path, AbsolutePath root)
    {
        var text = path.Replace('\\', '/');
        var above = root.ToString().Replace('\\', '/').TrimEnd('/') + "/";
        if (text.StartsWith(above, StringComparison.Ordinal))
            text = text[above.Length..];
        var named = text.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(part => !part.Contains('*', StringComparison.Ordinal)) ?? "artifacts";
        return new Product(named, text);
    }
}
