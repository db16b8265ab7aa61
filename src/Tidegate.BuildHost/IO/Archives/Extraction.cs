using Nuke.Common.IO;

namespace Tidegate.BuildHost.Archives;

/// <summary>Writes entries into a folder, after the rules have been asked about all of them. Links are made last, so nothing is written through one.</summary>
internal static class Extraction
{
    private const int Shown = 10;

    /// <summary>Permissions an archive may give; the bits that make a program run as somebody else are not among them.</summary>
    private const UnixFileMode Allowed = (UnixFileMode)0b111_111_111;

    public static void Write(string archive, IReadOnlyList<ArchiveEntry> entries, AbsolutePath directory)
    {
        Refuse(archive, EntryRules.Broken(entries));
        directory.CreateDirectory();
        foreach (var entry in entries.Where(entry => entry.Kind == EntryKind.Directory))
            Folder(directory, entry.Parts);
        foreach (var entry in entries.Where(entry => entry.Kind == EntryKind.File))
            File(directory, entry);
        foreach (var entry in entries.Where(entry => entry.Kind == EntryKind.HardLink))
            Copy(archive, directory, entry);
        foreach (var entry in entries.Where(entry => entry.Kind == EntryKind.SymbolicLink))
            System.IO.File.CreateSymbolicLink(Place(directory, entry.Parts), entry.Target);
    }

    /// <summary>What the rules have found.</summary>
    public static void Refuse(string archive, IReadOnlyList<string> broken)
    {
        if (broken.Count == 0)
            return;
        var more = broken.Count > Shown ? $"{Environment.NewLine}  and {broken.Count - Shown} more" : string.Empty;
        throw new InvalidDataException(
            $"The archive '{archive}' is not opened, nothing was written:{Environment.NewLine}  {string.Join($"{Environment.NewLine}  ", broken.Take(Shown))}{more}");
    }

    private static void File(AbsolutePath directory, ArchiveEntry entry)
    {
        var path = Place(directory, entry.Parts);
        using (var content = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            entry.CopyTo(content);
        if (!OperatingSystem.IsWindows() && entry.Mode is { } mode)
            System.IO.File.SetUnixFileMode(path, mode & Allowed);
    }

    private static void Copy(string archive, AbsolutePath directory, ArchiveEntry entry)
    {
        var source = directory / entry.Target;
        if (!source.FileExists())
            throw new InvalidDataException($"The archive '{archive}' links '{entry.Name}' to '{entry.Target}', which it does not hold.");
        System.IO.File.Copy(source, Place(directory, entry.Parts));
    }

    /// <summary>Where the entry goes: its folder is there, and nothing else is.</summary>
    private static AbsolutePath Place(AbsolutePath directory, string[] parts)
    {
        var path = Folder(directory, parts[..^1]) / parts[^1];
        var there = new FileInfo(path);

        // Also a link that points nowhere: writing would follow it.
        if (there.Exists || there.LinkTarget is not null)
            there.Delete();
        return path;
    }

    private static AbsolutePath Folder(AbsolutePath directory, string[] parts)
    {
        foreach (var part in parts)
        {
            directory /= part;
            if (new DirectoryInfo(directory).LinkTarget is { } target)
                throw new InvalidDataException($"'{directory}' is a link to '{target}', so nothing is written below it. Remove the link.");
            directory.CreateDirectory();
        }

        return directory;
    }
}
