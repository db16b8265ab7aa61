using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Pipeline;

/// <summary>The content of an artifact: every file's path, whether it may be run, and its sha256. The digest of this list names the artifact.</summary>
/// <remarks>Times, owners and the order of the file system do not count, so the same bytes give the same digest everywhere.</remarks>
public static class ArtifactContent
{
    /// <summary>More files than this is no service: refused, so that a mistake (a whole home folder) does not take minutes.</summary>
    public const int MostFiles = 20_000;

    /// <exception cref="InvalidDataException">The folder holds a link, or too many files.</exception>
    public static ArtifactDigest Digest(string folder)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Take(MostFiles + 1).ToList();
        if (files.Count > MostFiles) throw new InvalidDataException($"'{folder}' holds more than {MostFiles} files.");
        if (files.FirstOrDefault(f => f.LinkTarget is not null) is { } link) throw new InvalidDataException($"'{link.FullName}' is a link; an artifact holds regular files only.");

        var lines = files
            .Select(f => (Path: System.IO.Path.GetRelativePath(folder, f.FullName).Replace('\\', '/'), File: f))
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => $"{Mode(f.File)} {f.Path}\0{Hash(f.File)}\n");
        return ArtifactDigest.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes("tidegate-artifact-1\n" + string.Concat(lines))));
    }

    private static string Mode(FileInfo file) =>
        !OperatingSystem.IsWindows() && (file.UnixFileMode & UnixFileMode.UserExecute) != 0 ? "run" : "file";

    private static string Hash(FileInfo file)
    {
        using var stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
