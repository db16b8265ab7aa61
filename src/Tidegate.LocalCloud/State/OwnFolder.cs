namespace Tidegate.LocalCloud.State;

/// <summary>Makes a folder, and those above it that are lacking, for its owner alone.</summary>
/// <remarks>Somebody may remove the whole state folder while a cloud runs (<c>git clean -fdx</c>). Made again under the usual umask it would be
/// open to others, and refused at every further start.</remarks>
internal static class OwnFolder
{
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Make(string path)
    {
        if (Directory.Exists(path)) return;
        if (Path.GetDirectoryName(path) is { } above) Make(above);
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        Directory.CreateDirectory(path, OnlyMine);
    }

    /// <summary>Makes the folder of a file.</summary>
    public static void MakeFor(string file) => Make(Path.GetDirectoryName(file)!);
}
