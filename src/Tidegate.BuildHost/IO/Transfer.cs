namespace Nuke.Common.IO;

/// <summary>Copying and moving under an <see cref="ExistsPolicy"/>.</summary>
internal static class Transfer
{
    /// <summary>Whether the file goes there; throws where the policy says so.</summary>
    public static bool Takes(AbsolutePath source, AbsolutePath target, ExistsPolicy policy, bool createDirectories)
    {
        if (createDirectories)
            target.Parent.CreateDirectory();
        if (!target.FileExists())
            return true;
        if (policy.HasFlag(ExistsPolicy.FileOverwrite))
            return true;
        if (policy.HasFlag(ExistsPolicy.FileOverwriteIfNewer))
            return File.GetLastWriteTimeUtc(source) > File.GetLastWriteTimeUtc(target);
        if (policy.HasFlag(ExistsPolicy.FileSkip))
            return false;
        throw new IOException($"'{target}' is there already. Choose another ExistsPolicy than '{policy}' to overwrite or keep it.");
    }

    public static void Folders(
        AbsolutePath source, AbsolutePath target, ExistsPolicy policy, bool createDirectories,
        Func<AbsolutePath, bool> excludeDirectory, Func<AbsolutePath, bool> excludeFile, Action<string, string> transfer)
    {
        if (!source.DirectoryExists())
            throw new DirectoryNotFoundException($"'{source}' is neither a file nor a directory.");
        if (source.Contains(target))
            throw new ArgumentException($"'{target}' lies in '{source}'.", nameof(target));
        if (target.DirectoryExists() && !policy.HasFlag(ExistsPolicy.DirectoryMerge))
            throw new IOException($"'{target}' is there already. Choose another ExistsPolicy than '{policy}' to merge into it.");
        if (excludeDirectory?.Invoke(source) == true)
            return;
        if (createDirectories)
            target.CreateDirectory();

        foreach (var file in Directory.GetFiles(source).Select(AbsolutePath.Create))
        {
            if (excludeFile?.Invoke(file) != true && Takes(file, target / file.Name, policy, createDirectories))
                transfer(file, target / file.Name);
        }

        foreach (var folder in Directory.GetDirectories(source).Select(AbsolutePath.Create))
            Folders(folder, target / folder.Name, policy, createDirectories, excludeDirectory, excludeFile, transfer);
    }
}
