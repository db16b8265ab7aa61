using Microsoft.Win32.SafeHandles;

namespace Tidegate.LocalCloud.Processes;

/// <summary>A lock that the kernel gives back when its holder ends, however it ends.</summary>
internal sealed class FileLock(SafeFileHandle file) : IDisposable
{
    /// <summary>The lock, or null when another process has it.</summary>
    public static FileLock? TryTake(string path)
    {
        const int wouldBlock = 11, exclusiveNow = 2 | 4;
        try
        {
            // .NET opens with close-on-exec, so no instance inherits the lock and keeps it after our end. Sharing nothing it locks
            // already, unless a setting of the runtime switches that off; so it is said once more.
            var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (Native.Lock(file, exclusiveNow) == 0) return new FileLock(file);

            file.Dispose();
            return null;
        }
        catch (IOException problem) when (problem.HResult == wouldBlock)
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
