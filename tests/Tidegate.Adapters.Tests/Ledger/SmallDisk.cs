using System.Diagnostics;
using Tidegate.Testing;

namespace Tidegate.Adapters.Tests.Ledger;

/// <summary>A disk of some MiB that can be filled, where this user may mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly bool _mounted;

    public SmallDisk(int mebibytes)
    {
        _mounted =
            OperatingSystem.IsLinux()
            && Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m,mode=0700", "tmpfs", _folder.Path);
        if (_mounted) return;
        _folder.Dispose();
        Assert.Skip("Only root can mount.");
    }

    public string this[string name] => _folder[name];

    /// <summary>Not a byte is left.</summary>
    public void Fill()
    {
        var buffer = new byte[4096];
        using var file =
            new FileStream(_folder[$"filler-{Directory.GetFiles(_folder.Path).Length}"], FileMode.CreateNew,
                FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) file.Write(buffer);
        }
        catch (IOException)
        {
            // That was the last one.
        }
    }

    public void Clear()
    {
        foreach (var file in Directory.GetFiles(_folder.Path, "filler-*")) File.Delete(file);
    }

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", _folder.Path).ShouldBeTrue();

    public void MakeWritable() => Run("mount", "-o", "remount,rw", _folder.Path).ShouldBeTrue();

    public void Dispose()
    {
        if (!_mounted) return;
        Run("umount", "--lazy", _folder.Path);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
