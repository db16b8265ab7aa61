using Microsoft.Win32.SafeHandles;

namespace Tidegate.Ledger;

internal enum FileKind
{
    File,
    Folder,
    Link,
    Other,
}

/// <summary>What a name in the file system stands for, links not followed.</summary>
/// <param name="Owner">The user's number; null where the system has none.</param>
/// <param name="Device">With <paramref name="Inode"/>, which file it is, whatever its name.</param>
internal readonly record struct FileFacts(FileKind Kind, UnixFileMode Mode, uint? Owner, ulong Device, ulong Inode)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Null when nothing has this name.</summary>
    public static FileFacts? Of(string path)
    {
        if (!OperatingSystem.IsWindows()) return Posix.Look(path);

        // Windows has neither owners by number nor modes: there the folder's access list is what protects.
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (!info.Exists && info.LinkTarget is null) return null;

        var kind = info.LinkTarget is not null ? FileKind.Link : info is DirectoryInfo ? FileKind.Folder : FileKind.File;
        return new FileFacts(kind, Private, null, 0, (ulong)info.CreationTimeUtc.Ticks);
    }

    /// <summary>This user's, and nobody else may write to it.</summary>
    public bool IsOwn => (Owner is null || Owner == Posix.Me) && (Mode & WritableByOthers) == 0;

    public void MustBeOwnFolder(string path) => MustBe(FileKind.Folder, path);

    public void MustBeOwnFile(string path) => MustBe(FileKind.File, path);

    /// <summary>Makes an empty file for this user alone. Somebody else's making it meanwhile is as good.</summary>
    public static void Create(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Private;
            using var file = new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            // It is looked at next, as any file that was there before.
        }
    }

    /// <summary>Opens a file of this user's for reading and writing, and makes it when it is missing. Links are not followed.</summary>
    public static SafeFileHandle OpenOwn(string path)
    {
        if (Of(path) is null) Create(path);
        (Of(path) ?? throw LedgerRefusal.Replaced(path)).MustBeOwnFile(path);
        return OperatingSystem.IsWindows() ? File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite) : Posix.Open(path);
    }

    private void MustBe(FileKind kind, string path)
    {
        if (Kind != kind) throw LedgerRefusal.NotAFile(path, Kind switch
        {
            FileKind.Link => "a symbolic link",
            FileKind.Folder => "a folder",
            FileKind.File => "a file",
            _ => "a pipe, socket or device",
        });
        if (Owner is { } owner && owner != Posix.Me) throw LedgerRefusal.Exposed(path, $"it belongs to user {owner}, and this process runs as user {Posix.Me}.");
        if ((Mode & WritableByOthers) != 0) throw LedgerRefusal.Exposed(path, "others may write to it.");
    }
}
