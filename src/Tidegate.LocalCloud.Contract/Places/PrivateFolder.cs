using System.Runtime.InteropServices;

namespace Tidegate.LocalCloud.Contract;

/// <summary>A folder that nobody but its owner can enter: the only guard of the control socket.</summary>
public static partial class PrivateFolder
{
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static uint CurrentUser => OperatingSystem.IsLinux() ? geteuid() : throw NotHere();

    /// <summary>Makes the folder with mode 0700 where it is lacking. What lies above it must be there.</summary>
    /// <exception cref="UnauthorizedAccessException">It is a link, another user's, or open to others; the message says which.</exception>
    public static void Ensure(string path)
    {
        if (!OperatingSystem.IsLinux()) throw NotHere();
        if (!Directory.Exists(path)) Directory.CreateDirectory(path, OnlyMine);
        Verify(path);
    }

    /// <exception cref="UnauthorizedAccessException">As with <see cref="Ensure"/>.</exception>
    public static void Verify(string path)
    {
        var (owner, mode) = Look(path);
        const int kind = 0xF000, folder = 0x4000, others = 0x3F;
        if ((mode & kind) != folder) throw new UnauthorizedAccessException($"{path} is not a folder but a link or a file. Remove it, then try again.");
        if (owner != CurrentUser) throw new UnauthorizedAccessException($"{path} belongs to user {owner}, not to {CurrentUser}. Set XDG_RUNTIME_DIR to a private folder.");
        if ((mode & others) != 0) throw new UnauthorizedAccessException($"{path} is open to others (mode {Convert.ToString(mode & 0xFFF, 8)}). Remove it, or set its mode to 700.");
    }

    private static unsafe (uint Owner, int Mode) Look(string path)
    {
        const int currentFolder = -100, doNotFollow = 0x100;
        const uint kindModeAndOwner = 0x1 | 0x2 | 0x8;
        var found = stackalloc byte[256];
        if (statx(currentFolder, path, doNotFollow, kindModeAndOwner, found) != 0)
            throw new UnauthorizedAccessException($"{path} cannot be examined: {Marshal.GetLastPInvokeErrorMessage()}.");

        return (*(uint*)(found + 20), *(ushort*)(found + 28));
    }

    private static PlatformNotSupportedException NotHere() =>
        new("The embedded platform runs on Linux only: it knows its processes by /proc. Release from a Linux machine, a virtual machine or WSL; --dry-run works everywhere.");

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static unsafe partial int statx(int folder, string path, int flags, uint mask, byte* found);
}
