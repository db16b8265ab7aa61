using System.Security.Cryptography;
using System.Text;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Pipeline;

/// <summary>The digest that names an artifact by its content. What counts is told by <see cref="ContentList"/>, which
/// the embedded platform reads too.</summary>
public static class ArtifactContent
{
    /// <inheritdoc cref="ContentList.MostFiles"/>
    public const int MostFiles = ContentList.MostFiles;

    /// <exception cref="ArtifactRefusedException">The folder holds what no artifact may: links, pipes, names that are
    /// others elsewhere, too many files.</exception>
    public static ArtifactDigest Digest(string folder) => DigestOf(Listing(folder));

    /// <summary>The list itself, one line for each file: it tells what differs where a digest only tells that something
    /// does.</summary>
    /// <exception cref="ArtifactRefusedException">As <see cref="Digest"/>.</exception>
    public static string Listing(string folder)
    {
        var walk = ArtifactWalk.Of(folder);
        if (walk.Problems.Count > 0) throw new ArtifactRefusedException(walk.Problems);

        return string.Concat(ContentList.Of(folder).Entries);
    }

    public static ArtifactDigest DigestOf(string listing) =>
        ArtifactDigest.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes(ContentList.Heading + listing)));
}
