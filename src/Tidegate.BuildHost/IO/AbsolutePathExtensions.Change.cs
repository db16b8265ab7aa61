namespace Nuke.Common.IO;

public static partial class AbsolutePathExtensions
{
    public static AbsolutePath CreateDirectory(this AbsolutePath path)
    {
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>An empty folder. Links inside are removed, what they point to stays.</summary>
    public static AbsolutePath CreateOrCleanDirectory(this AbsolutePath path)
    {
        path.DeleteDirectory();
        return path.CreateDirectory();
    }

    /// <summary>Also when it is not there, and when files in it are read-only.</summary>
    public static void DeleteDirectory(this AbsolutePath path)
    {
        if (!path.DirectoryExists())
            return;
        if (new DirectoryInfo(path).LinkTarget is not null)
        {
            Directory.Delete(path);
            return;
        }

        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.EnumerateFiles(path, "*", everything))
        {
            if (OperatingSystem.IsWindows() && File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly))
                File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(path, recursive: true);
    }

    public static void DeleteDirectories(this IEnumerable<AbsolutePath> paths)
    {
        foreach (var path in paths)
            path.DeleteDirectory();
    }

    public static void DeleteFile(this AbsolutePath path)
    {
        if (!path.FileExists())
            return;
        if (OperatingSystem.IsWindows())
            File.SetAttributes(path, FileAttributes.Normal);
        File.Delete(path);
    }

    public static void DeleteFiles(this IEnumerable<AbsolutePath> paths)
    {
        foreach (var path in paths)
            path.DeleteFile();
    }

    /// <param name="time">In local time. Default: now.</param>
    public static AbsolutePath TouchFile(this AbsolutePath path, DateTime? time = null, bool createDirectories = true)
    {
        if (createDirectories)
            path.Parent.CreateDirectory();
        if (!path.FileExists())
            File.WriteAllBytes(path, []);
        File.SetLastWriteTime(path, time ?? TimeProvider.System.GetLocalNow().DateTime);
        return path;
    }

    public static AbsolutePath Rename(this AbsolutePath source, string newName, ExistsPolicy policy = ExistsPolicy.Fail) =>
        source.Move(source.Parent / newName, policy);

    public static AbsolutePath Rename(this AbsolutePath source, Func<AbsolutePath, string> newName, ExistsPolicy policy = ExistsPolicy.Fail) =>
        source.Rename(newName(source), policy);

    public static AbsolutePath RenameWithoutExtension(this AbsolutePath source, string newName, ExistsPolicy policy = ExistsPolicy.Fail) =>
        source.Move(source.Parent / newName + source.Extension, policy);

    public static AbsolutePath RenameWithoutExtension(this AbsolutePath source, Func<AbsolutePath, string> newName, ExistsPolicy policy = ExistsPolicy.Fail) =>
        source.RenameWithoutExtension(newName(source), policy);

    public static AbsolutePath MoveToDirectory(this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail, bool createDirectories = true) =>
        source.Move(target / source.Name, policy, createDirectories);

    public static AbsolutePath Move(
        this AbsolutePath source, Func<AbsolutePath, AbsolutePath> newPath, ExistsPolicy policy = ExistsPolicy.Fail, bool createDirectories = true) =>
        source.Move(newPath(source), policy, createDirectories);

    /// <summary>Answers the new path.</summary>
    public static AbsolutePath Move(
        this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail, bool createDirectories = true, bool deleteRemainingFiles = false)
    {
        if (source.FileExists())
        {
            if (Transfer.Takes(source, target, policy, createDirectories))
                File.Move(source, target, overwrite: true);
            else if (deleteRemainingFiles)
                source.DeleteFile();
            return target;
        }

        Transfer.Folders(source, target, policy, createDirectories, null, null, static (from, to) => File.Move(from, to, overwrite: true));
        if (deleteRemainingFiles || !Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Any())
            source.DeleteDirectory();
        return target;
    }

    public static AbsolutePath CopyToDirectory(
        this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail,
        Func<AbsolutePath, bool> excludeDirectory = null, Func<AbsolutePath, bool> excludeFile = null, bool createDirectories = true) =>
        source.Copy(target / source.Name, policy, excludeDirectory, excludeFile, createDirectories);

    /// <summary>Answers the new path.</summary>
    public static AbsolutePath Copy(
        this AbsolutePath source, AbsolutePath target, ExistsPolicy policy = ExistsPolicy.Fail,
        Func<AbsolutePath, bool> excludeDirectory = null, Func<AbsolutePath, bool> excludeFile = null, bool createDirectories = true)
    {
        if (!source.FileExists())
            Transfer.Folders(source, target, policy, createDirectories, excludeDirectory, excludeFile, static (from, to) => File.Copy(from, to, overwrite: true));
        else if (excludeFile?.Invoke(source) != true && Transfer.Takes(source, target, policy, createDirectories))
            File.Copy(source, target, overwrite: true);
        return target;
    }
}
