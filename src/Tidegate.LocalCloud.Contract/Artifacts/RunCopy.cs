using System.Security.Cryptography;

namespace Tidegate.LocalCloud.Contract;

/// <summary>A copy of an artifact for one process. What the process does to it is nobody else's, and gone with
/// it.</summary>
public static class RunCopy
{
    private const UnixFileMode Read = UnixFileMode.UserRead;
    private const UnixFileMode Run = UnixFileMode.UserRead | UnixFileMode.UserExecute;
    private const int Chunk = 128 * 1024;

    /// <summary>Copies, and tells what was copied: the same bytes are hashed that are written, so nobody can change
    /// them in between.</summary>
    /// <param name="to">A folder that is there and empty.</param>
    /// <exception cref="InvalidDataException">The artifact holds a link, or too many files.</exception>
    public static ContentList Make(string artifact, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(artifact, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(artifact, folder)));
        }

        return ContentList.Of(artifact, (file, path) => Copy(file, Path.Combine(to, path)));
    }

    private static string Copy(FileInfo file, string to)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var from = file.OpenRead();
        using var into = new FileStream(to, Options(file));
        var buffer = new byte[Chunk];
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            into.Write(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static FileStreamOptions Options(FileInfo file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (OperatingSystem.IsWindows()) return options;

        options.UnixCreateMode = (file.UnixFileMode & UnixFileMode.UserExecute) != 0 ? Run : Read;
        return options;
    }
}
