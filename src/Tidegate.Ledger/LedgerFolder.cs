namespace Tidegate.Ledger;

/// <summary>Where a ledger lies: its file, and beside it a folder of locks and one of heads. One folder holds one ledger.</summary>
internal sealed record LedgerFolder(string File)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Locks and the write-ahead log's shared memory are promises that these do not keep between machines.
    private static readonly string[] Remote = ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs"];

    public string Root { get; } = Path.GetDirectoryName(File)!;

    public string Locks => Path.Combine(Root, "locks");

    public string Heads => Path.Combine(Root, "heads");

    /// <summary>Makes what is missing, durably, and refuses what others could have changed.</summary>
    public void Prepare()
    {
        try
        {
            MakeFolder(Root);
            var format = new DriveInfo(Root).DriveFormat;
            if (Remote.Contains(format, StringComparer.OrdinalIgnoreCase)) throw LedgerRefusal.NoLocks(Root, $"this is a network file system ({format}).");

            MakeFolder(Locks);
            MakeFolder(Heads);
            MakeFile();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw LedgerRefusal.NotWritten(Root, problem.Message, problem);
        }
    }

    private static void MakeFolder(string folder)
    {
        if (FileFacts.Of(folder) is null)
        {
            var parent = Path.GetDirectoryName(folder)!;
            if (!Directory.Exists(parent)) MakeFolder(parent);

            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, Private);
            Posix.SyncFolder(parent);
        }

        (FileFacts.Of(folder) ?? throw LedgerRefusal.Replaced(folder)).MustBeOwnFolder(folder);
    }

    private void MakeFile()
    {
        if (FileFacts.Of(File) is null)
        {
            if (Directory.EnumerateFileSystemEntries(Heads).Select(Path.GetFileName).FirstOrDefault() is { } stream)
            {
                throw LedgerRefusal.Behind(File, stream, $"the ledger is gone, but {Heads} tells of records.");
            }

            FileFacts.Create(File);
            Posix.SyncFolder(Root);
        }

        foreach (var path in new[] { File, File + "-wal", File + "-shm" }) FileFacts.Of(path)?.MustBeOwnFile(path);
    }
}
