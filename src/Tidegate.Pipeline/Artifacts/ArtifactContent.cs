using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Pipeline;

/// <summary>The content of an artifact: every file's path, whether it may be run, and its sha256. The digest of this list names the artifact.</summary>
/// <remarks>Times, owners and the order of the file system do not count, so the same bytes give the same digest everywhere.</remarks>
public static class ArtifactContent
{
    /// <summary>More files than this is no service: refused, so that a mistake (a whole home folder) does not take minutes.</summary>
    public const int MostFiles = 20_000;

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

        return string.Concat(walk.Files
            .Order(StringComparer.Ordinal)
            .Select(f => (Path: f, File: new FileInfo(System.IO.Path.Combine(folder, f))))
            .Select(f => $"{Mode(f.File)} {f.Path}\0{Hash(f.File)}\n"));
    }

    public static ArtifactDigest DigestOf(string listing) =>
        ArtifactDigest.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes("tidegate-artifact-1\n" + listing)));

    private static string Mode(FileInfo file) =>
        !OperatingSystem.IsWindows() && (file.UnixFileMode & UnixFileMode.UserExecute) != 0 ? "run" : "file";

    private static string Hash(FileInfo file)
    {
        using var stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
