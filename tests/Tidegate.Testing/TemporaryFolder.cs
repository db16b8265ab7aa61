namespace Tidegate.Testing;

/// <summary>A folder for one test, for this user alone, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tidegate-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Remove(Path);

    /// <summary>Removes a folder in which some may be closed to their own user, as stored artifacts are.</summary>
    public static void Remove(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            var open = new Stack<string>([folder]);
            while (open.TryPop(out var each))
            {
                File.SetUnixFileMode(each, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                foreach (var inner in new DirectoryInfo(each).EnumerateDirectories().Where(d => d.LinkTarget is null))
                {
                    open.Push(inner.FullName);
                }
            }
        }

        Directory.Delete(folder, recursive: true);
    }
}
