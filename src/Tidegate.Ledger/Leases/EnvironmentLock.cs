using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Tidegate.Ledger;

/// <summary>The kernel's lock on one file. It ends with the process, however that ends, so it can never be left behind.</summary>
/// <remarks>The file's content only tells people who has it; the file itself stays for ever, since two processes that each
/// made their own could both lock one.</remarks>
internal sealed class EnvironmentLock : IDisposable
{
    /// <summary>Of the file, behind the environment's name.</summary>
    public const string Extension = ".lock";

    private const int LongestNote = 600;
    private readonly SafeFileHandle _file;

    private EnvironmentLock(SafeFileHandle file) => _file = file;

    /// <summary>The lock, or null and who has it.</summary>
    public static EnvironmentLock? TryTake(string path, string owner, DateTimeOffset now, out string holder)
    {
        holder = "";
        try
        {
            var file = TryOpen(path);
            if (file is null)
            {
                holder = Note(path);
                return null;
            }

            Tell(file, string.Create(CultureInfo.InvariantCulture,
                $"{Printable.Text(owner, 200)} (process {System.Environment.ProcessId} on {System.Environment.MachineName}, since {now.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z)"));
            return new EnvironmentLock(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw LedgerRefusal.NotWritten(path, problem.Message, problem);
        }
    }

    public void Dispose()
    {
        if (_file.IsClosed) return;

        Tell(_file, "");
        _file.Dispose();
    }

    /// <summary>For people only: the lock is the kernel's, and is there without it.</summary>
    private static void Tell(SafeFileHandle file, string note)
    {
        try
        {
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, Encoding.UTF8.GetBytes(note), 0);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The disk is full, or can only be read.
        }
    }

    private static SafeFileHandle? TryOpen(string path)
    {
        // Not .NET's FileShare on Unix: an environment variable turns that off (DOTNET_SYSTEM_IO_DISABLEFILELOCKING).
        return OperatingSystem.IsWindows() ? TryOpenAlone(path) : TryFlock(path);
    }

    private static SafeFileHandle? TryFlock(string path)
    {
        var file = OpenOwn(path);
        if (!Posix.TryLock(file, path))
        {
            file.Dispose();
            return null;
        }

        // Some file systems say yes to everybody; then this one says yes to us twice.
        using var second = Posix.OpenToRead(path);
        if (!Posix.TryLock(second, path)) return file;

        file.Dispose();
        throw LedgerRefusal.NoLocks(path, "the same lock was granted twice.");
    }

    /// <summary>The kernel locks a file as well that can only be read: a folder that is closed to writers is still one
    /// run's at a time.</summary>
    private static SafeFileHandle OpenOwn(string path)
    {
        try
        {
            return FileFacts.OpenOwn(path);
        }
        catch (Exception problem)
            when (problem is IOException or UnauthorizedAccessException
                && FileFacts.Of(path) is { Kind: FileKind.File })
        {
            return Posix.OpenToRead(path);
        }
    }

    /// <summary>On Windows the kernel itself keeps a file that is not shared from being opened twice, and no setting changes that.</summary>
    private static SafeFileHandle? TryOpenAlone(string path)
    {
        const int sharingViolation = unchecked((int)0x80070020);
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem) when (problem.HResult == sharingViolation)
        {
            return null;
        }
    }

    private static string Note(string path)
    {
        try
        {
            // Not .NET's own opening, which would ask for a lock too.
            using var file = OperatingSystem.IsWindows() ? File.OpenHandle(path) : Posix.OpenToRead(path);
            var note = new byte[LongestNote];
            var length = RandomAccess.Read(file, note, 0);
            return length == 0 ? "a run that has just begun" : Printable.Text(Encoding.UTF8.GetString(note, 0, length), LongestNote);
        }
        catch (IOException)
        {
            return "another run";
        }
    }
}
