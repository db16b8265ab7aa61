using Microsoft.Win32.SafeHandles;

namespace Tidegate.LocalCloud.Processes;

/// <summary>A lock that the kernel gives back when its holder ends, however it ends.</summary>
internal sealed class FileLock(SafeFileHandle file) : IDisposable
{
    /// <summary>The lock, or null when another process has it.</summary>
    public static FileLock? TryTake(string path)
    {
        const int exclusiveNow = 2 | 4;

        // .NET opens with close-on-exec, so no instance inherits the lock and keeps it after our end.
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (Native.Lock(file, exclusiveNow) == 0) return new FileLock(file);

        file.Dispose();
        return null;
    }

    public void Dispose() => file.Dispose();
}
