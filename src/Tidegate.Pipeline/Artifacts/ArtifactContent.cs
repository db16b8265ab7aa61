using Tidegate.LocalCloud.Contract;

namespace Tidegate.Pipeline;

/// <summary>The digest that names an artifact by its content. What counts is told by <see cref="ContentList"/>, which
/// the embedded platform reads too.</summary>
public static class ArtifactContent
{
    /// <inheritdoc cref="ContentList.MostFiles"/>
    public const int MostFiles = ContentList.MostFiles;

    /// <exception cref="InvalidDataException">The folder holds a link, or too many files.</exception>
    public static ArtifactDigest Digest(string folder) => ArtifactDigest.Parse(ContentList.Of(folder).Digest);
}
