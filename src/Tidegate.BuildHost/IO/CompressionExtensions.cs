using System.IO.Compression;
using Nuke.Common.Utilities;
using Tidegate.BuildHost.Archives;

namespace Nuke.Common.IO;

/// <summary>
/// Folders to archives and back. An archive is read whole before its first file is written: names that are absolute, climb out with
/// <c>..</c>, hide behind a backslash or stand twice, links that leave the folder, devices and pipes refuse all of it.
/// </summary>
public static class CompressionExtensions
{
    /// <summary>By the name of the archive: <c>.zip</c>, <c>.tar.gz</c>, <c>.tgz</c>, <c>.tar.bz2</c>, <c>.tbz2</c>.</summary>
    public static void CompressTo(this AbsolutePath directory, AbsolutePath archiveFile, Func<AbsolutePath, bool> filter = null) =>
        FormOf(archiveFile).Compress(directory, archiveFile, filter);

    /// <inheritdoc cref="CompressTo"/>
    public static void UncompressTo(this AbsolutePath archiveFile, AbsolutePath directory) => FormOf(archiveFile).Uncompress(archiveFile, directory);

    /// <param name="filter">Which files go in. Default: all.</param>
    /// <param name="fileMode">Default: the archive must not be there yet.</param>
    public static void ZipTo(
        this AbsolutePath directory, AbsolutePath archiveFile, Func<AbsolutePath, bool> filter = null,
        CompressionLevel compressionLevel = CompressionLevel.Optimal, FileMode fileMode = FileMode.CreateNew) =>
        Zip.Write(Create(archiveFile, fileMode), directory, FilesIn(directory, filter), compressionLevel);

    /// <summary>Files that are there are written over.</summary>
    /// <exception cref="InvalidDataException">The archive has entries that are refused; each is named, and nothing was written.</exception>
    public static void UnZipTo(this AbsolutePath archiveFile, AbsolutePath directory)
    {
        using var zip = Zip.Open(archiveFile);
        Extraction.Write(archiveFile.Name, zip.Entries, directory);
    }

    public static void TarGZipTo(
        this AbsolutePath directory, AbsolutePath archiveFile, Func<AbsolutePath, bool> filter = null, FileMode fileMode = FileMode.CreateNew) =>
        directory.TarGZipTo(archiveFile, FilesIn(directory, filter), fileMode);

    public static void TarGZipTo(
        this AbsolutePath baseDirectory, AbsolutePath archiveFile, IEnumerable<AbsolutePath> files, FileMode fileMode = FileMode.CreateNew) =>
        Tar.Write(new GZipStream(Create(archiveFile, fileMode), CompressionLevel.Optimal), baseDirectory, files);

    /// <inheritdoc cref="UnZipTo"/>
    public static void UnTarGZipTo(this AbsolutePath archiveFile, AbsolutePath directory) =>
        Tar.Extract(archiveFile, static stream => new GZipStream(stream, CompressionMode.Decompress), directory);

    public static void TarBZip2To(
        this AbsolutePath directory, AbsolutePath archiveFile, Func<AbsolutePath, bool> filter = null, FileMode fileMode = FileMode.CreateNew) =>
        directory.TarBZip2To(archiveFile, FilesIn(directory, filter), fileMode);

    public static void TarBZip2To(
        this AbsolutePath directory, AbsolutePath archiveFile, IEnumerable<AbsolutePath> files, FileMode fileMode = FileMode.CreateNew) =>
        Tar.Write(BZip2.Compressing(Create(archiveFile, fileMode)), directory, files);

    /// <inheritdoc cref="UnZipTo"/>
    public static void UnTarBZip2To(this AbsolutePath archiveFile, AbsolutePath directory) => Tar.Extract(archiveFile, BZip2.Decompressing, directory);

    private static FileStream Create(AbsolutePath archive, FileMode mode)
    {
        archive.Parent.CreateDirectory();
        return new FileStream(archive, mode, FileAccess.Write);
    }

    // Sorted, so that the same files give the same archive.
    private static AbsolutePath[] FilesIn(AbsolutePath directory, Func<AbsolutePath, bool> filter) =>
        [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(AbsolutePath.Create).Where(file => filter?.Invoke(file) != false)];

    private static Form FormOf(AbsolutePath archive) => archive.Name switch
    {
        var name when name.EndsWithOrdinalIgnoreCase(".zip") => new Form(static (from, to, filter) => from.ZipTo(to, filter), UnZipTo),
        var name when name.EndsWithAnyOrdinalIgnoreCase(".tar.gz", ".tgz") => new Form(static (from, to, filter) => from.TarGZipTo(to, filter), UnTarGZipTo),
        var name when name.EndsWithAnyOrdinalIgnoreCase(".tar.bz2", ".tbz2", ".tbz") => new Form(static (from, to, filter) => from.TarBZip2To(to, filter), UnTarBZip2To),
        _ => throw new NotSupportedException($"'{archive.Name}' does not say how it is compressed. Name it .zip, .tar.gz, .tgz, .tar.bz2 or .tbz2."),
    };

    private sealed record Form(Action<AbsolutePath, AbsolutePath, Func<AbsolutePath, bool>> Compress, Action<AbsolutePath, AbsolutePath> Uncompress);
}
