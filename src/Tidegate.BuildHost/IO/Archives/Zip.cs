using System.IO.Compression;
using Nuke.Common.IO;

namespace Tidegate.BuildHost.Archives;

/// <summary>Archives of the zip form.</summary>
internal sealed class Zip : IDisposable
{
    // Where tools on Unix keep the kind and the permissions of an entry.
    private const int UnixShift = 16;
    private const int KindMask = 0xF000;
    private const int KindNone = 0;
    private const int KindFile = 0x8000;
    private const int KindDirectory = 0x4000;
    private const int KindLink = 0xA000;

    private readonly ZipArchive _archive;

    private Zip(ZipArchive archive)
    {
        _archive = archive;
        Entries = [.. archive.Entries.Select(Entry)];
    }

    public IReadOnlyList<ArchiveEntry> Entries { get; }

    public static Zip Open(AbsolutePath file) => new(ZipFile.OpenRead(file));

    public static void Write(Stream output, AbsolutePath directory, IEnumerable<AbsolutePath> files, CompressionLevel level)
    {
        using var archive = new ZipArchive(output, ZipArchiveMode.Create);
        foreach (var file in files)
            archive.CreateEntryFromFile(file, directory.GetUnixRelativePathTo(file), level);
    }

    public void Dispose() => _archive.Dispose();

    private static ArchiveEntry Entry(ZipArchiveEntry entry)
    {
        var unix = (entry.ExternalAttributes >> UnixShift) & 0xFFFF;
        var kind = (unix & KindMask) switch
        {
            KindNone or KindFile or KindDirectory => entry.FullName.EndsWith('/') ? EntryKind.Directory : EntryKind.File,
            KindLink => EntryKind.SymbolicLink,
            _ => EntryKind.Other,
        };
        return new ArchiveEntry(entry.FullName, kind, kind == EntryKind.SymbolicLink ? Text(entry) : null, unix == 0 ? null : (UnixFileMode)(unix & 0xFFF), Copy);

        void Copy(Stream output)
        {
            using var content = entry.Open();
            content.CopyTo(output);
        }
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
