using System.Formats.Tar;
using Nuke.Common.IO;

namespace Tidegate.BuildHost.Archives;

/// <summary>Archives of the tar form, inside a compressed stream. They can only be read from front to back, so they are read twice.</summary>
internal static class Tar
{
    public static void Write(Stream output, AbsolutePath directory, IEnumerable<AbsolutePath> files)
    {
        using var writer = new TarWriter(output, TarEntryFormat.Pax);
        foreach (var file in files)
            writer.WriteEntry(file, directory.GetUnixRelativePathTo(file));
    }

    public static void Extract(AbsolutePath file, Func<Stream, Stream> decompress, AbsolutePath directory)
    {
        var entries = new List<ArchiveEntry>();
        Read(file, decompress, entry => entries.Add(Entry(entry)));
        Extraction.Refuse(file.Name, EntryRules.Broken(entries));

        // The content of a file can be read only while its entry is the current one: folders and files now, links at the end.
        Read(file, decompress, entry =>
        {
            if (Entry(entry) is { Kind: EntryKind.File or EntryKind.Directory } now)
                Extraction.Write(file.Name, [now], directory);
        });
        Extraction.Write(file.Name, [.. entries.Where(entry => entry.Kind is EntryKind.HardLink or EntryKind.SymbolicLink)], directory);
    }

    private static void Read(AbsolutePath file, Func<Stream, Stream> decompress, Action<TarEntry> take)
    {
        using var content = decompress(File.OpenRead(file));
        using var reader = new TarReader(content);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType != TarEntryType.GlobalExtendedAttributes)
                take(entry);
        }
    }

    private static ArchiveEntry Entry(TarEntry entry)
    {
        var kind = entry.EntryType switch
        {
            TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => EntryKind.File,
            TarEntryType.Directory => EntryKind.Directory,
            TarEntryType.SymbolicLink => EntryKind.SymbolicLink,
            TarEntryType.HardLink => EntryKind.HardLink,
            _ => EntryKind.Other,
        };
        return new ArchiveEntry(entry.Name, kind, kind is EntryKind.SymbolicLink or EntryKind.HardLink ? entry.LinkName : null, entry.Mode, output => entry.DataStream?.CopyTo(output));
    }
}
