using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tidegate.Ledger;

/// <summary>The few calls that .NET has not: it cannot lock by descriptor, refuse a link, tell an owner, or sync a folder.</summary>
internal static partial class Posix
{
    private const int ReadOnly = 0;
    private const int ReadWrite = 2;
    private const int LockExclusiveNow = 2 | 4;
    private const int NoSuchEntry = 2;
    private const int NotAFolder = 20;
    private const int Interrupted = 4;

    // The same words have other numbers on other systems, and on Linux on other processors.
    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x100_0000 : 0x8_0000;
    private static readonly int WouldBlock = OperatingSystem.IsMacOS() ? 35 : 11;
    private static readonly int NoFollow = OperatingSystem.IsMacOS() ? 0x100 : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.Arm or Architecture.Armv6 or Architecture.Arm64 or Architecture.Ppc64le => 0x8000,
        _ => 0x2_0000,
    };

    /// <summary>The user that this process acts as.</summary>
    public static uint Me { get; } = OperatingSystem.IsWindows() ? 0 : EffectiveUser();

    /// <exception cref="IOException">It cannot be opened, or is a link.</exception>
    public static SafeFileHandle Open(string path) => Open(path, ReadWrite | NoFollow | CloseOnExec);

    /// <exception cref="IOException">It cannot be opened, or is a link.</exception>
    public static SafeFileHandle OpenToRead(string path) => Open(path, ReadOnly | NoFollow | CloseOnExec);

    /// <summary>Makes new names in a folder survive a loss of power.</summary>
    public static void SyncFolder(string folder)
    {
        // Windows keeps names in a log of its own, and has no such call.
        if (OperatingSystem.IsWindows()) return;

        using var handle = Open(folder, ReadOnly | CloseOnExec);
        while (Sync(handle) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted) throw Failed(folder);
        }
    }

    /// <summary>Takes the kernel's lock on an open file, which ends with the last descriptor of it. False: another has it.</summary>
    public static bool TryLock(SafeFileHandle file, string path)
    {
        while (Lock(file, LockExclusiveNow) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == WouldBlock) return false;
            if (error != Interrupted) throw Failed(path);
        }

        return true;
    }

    public static FileFacts? Look(string path)
    {
        if (OperatingSystem.IsMacOS()) return LookOnMac(path);

        if (LinuxStatus(-100, path, 0x100, 0x7ff, out var status) != 0) return NothingOrFailed(path);
        return Facts(status.Mode, status.Owner, ((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode);
    }

    private static FileFacts? LookOnMac(string path)
    {
        MacStatus status;
        var result = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? MacStatusOnIntel(path, out status) : MacStatusOnArm(path, out status);
        return result != 0 ? NothingOrFailed(path) : Facts(status.Mode, status.Owner, (uint)status.Device, status.Inode);
    }

    private static FileFacts Facts(ushort mode, uint owner, ulong device, ulong inode) => new(
        (mode & 0xF000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            _ => FileKind.Other,
        },
        (UnixFileMode)(mode & 0xFFF), owner, device, inode);

    private static FileFacts? NothingOrFailed(string path) =>
        Marshal.GetLastPInvokeError() is NoSuchEntry or NotAFolder ? null : throw Failed(path);

    private static SafeFileHandle Open(string path, int flags)
    {
        var handle = OpenFile(path, flags);
        return handle.IsInvalid ? throw Failed(path) : handle;
    }

    private static IOException Failed(string path) =>
        new($"{Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}: {path}");

    // Without a third argument (the mode of a new file) the variadic open(2) has the same calling convention everywhere.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinuxStatus(int folder, string path, int flags, uint wanted, out LinuxFileStatus status);

    [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MacStatusOnArm(string path, out MacStatus status);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MacStatusOnIntel(string path, out MacStatus status);

    /// <summary>struct statx: the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct LinuxFileStatus
    {
        [FieldOffset(20)] public uint Owner;
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }

    /// <summary>struct stat with 64-bit inodes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct MacStatus
    {
        [FieldOffset(0)] public int Device;
        [FieldOffset(4)] public ushort Mode;
        [FieldOffset(8)] public ulong Inode;
        [FieldOffset(16)] public uint Owner;
    }
}
