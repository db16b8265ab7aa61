using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Ledger;

/// <summary>Folders outside the ledger's own, for this user alone, for when that one cannot be written.</summary>
internal static class Elsewhere
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where something of this ledger may lie; the first that can be written is used, all are looked
    /// into.</summary>
    public static IReadOnlyList<string> FoldersFor(string ledger)
    {
        var name =
            $"tidegate-{Posix.Me}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ledger)))[..16]}";
        string?[] places =
        [
            Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"),
            Path.GetTempPath(),
            OperatingSystem.IsLinux() ? "/dev/shm" : null,
        ];
        return [.. places.OfType<string>().Where(Directory.Exists).Select(p => Path.Combine(p, name)).Distinct()];
    }

    /// <summary>Makes the folder, or says why it is none of ours.</summary>
    /// <exception cref="Engine.LedgerRefusedException">Others could have made or changed it.</exception>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, Private);
        (FileFacts.Of(folder) ?? throw LedgerRefusal.Replaced(folder)).MustBeOwnFolder(folder);
    }

    /// <summary>Removes the folder when nothing lies in it any more.</summary>
    public static void Tidy(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Something else of this ledger is kept there.
        }
    }
}
