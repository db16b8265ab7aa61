using System.Security.Cryptography;
using System.Text;

namespace Tidegate.LocalCloud.Contract;

/// <summary>The content of an artifact: every file's path, whether it may be run, and its sha256. The digest of this
/// list names the artifact.</summary>
/// <remarks>Times, owners and the order of the file system do not count, so the same bytes give the same digest
/// everywhere.</remarks>
/// <param name="Entries">By path, ordinal.</param>
public sealed record ContentList(IReadOnlyList<ContentEntry> Entries)
{
    /// <summary>More files than this is no service: refused, so that a mistake (a whole home folder) does not take
    /// minutes.</summary>
    public const int MostFiles = 20_000;

    /// <summary>What the text begins with.</summary>
    public const string Heading = "tidegate-artifact-1\n";

    /// <summary><c>sha256:</c> and 64 hex digits.</summary>
    public string Digest => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToString())));

    /// <exception cref="InvalidDataException">The folder holds a link, or too many files.</exception>
    public static ContentList Of(string folder) => Of(folder, (file, _) =>
    {
        using var stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    });

    /// <summary>Reads a folder, and each file's hash as told.</summary>
    /// <exception cref="InvalidDataException">As with <see cref="Of(string)"/>.</exception>
    internal static ContentList Of(string folder, Func<FileInfo, string, string> hash)
    {
        var all = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories);
        var files = all.Take(MostFiles + 1).ToList();
        if (files.Count > MostFiles) throw new InvalidDataException($"'{folder}' holds more than {MostFiles} files.");
        if (files.FirstOrDefault(f => f.LinkTarget is not null) is { } link)
            throw new InvalidDataException($"'{link.FullName}' is a link; an artifact holds regular files only.");

        return new([.. files
            .Select(f => (Path: Path.GetRelativePath(folder, f.FullName).Replace('\\', '/'), File: f))
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => new ContentEntry(MayRun(f.File) ? "run" : "file", f.Path, hash(f.File, f.Path)))]);
    }

    /// <summary>What was written with <see cref="ToString"/>; null when it is something else.</summary>
    public static ContentList? Parse(string text)
    {
        if (!text.StartsWith(Heading, StringComparison.Ordinal)) return null;

        var entries = new List<ContentEntry>();
        foreach (var line in text[Heading.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('\0') is not [var file, var hash]) return null;
            if (file.IndexOf(' ', StringComparison.Ordinal) is not (> 0 and var space)) return null;
            entries.Add(new(file[..space], file[(space + 1)..], hash));
        }

        return new(entries);
    }

    /// <summary>In words, how another content differs from this one; null when it does not.</summary>
    public string? Difference(ContentList other)
    {
        var mine = Entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
        var theirs = other.Entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
        var all = Entries.Where(e => !theirs.ContainsKey(e.Path)).Select(e => $"{e.Path} is missing")
            .Concat(other.Entries.Where(e => !mine.ContainsKey(e.Path)).Select(e => $"{e.Path} was added"))
            .Concat(Entries.Where(e => theirs.GetValueOrDefault(e.Path, e) != e).Select(e => $"{e.Path} was changed"))
            .ToList();
        return all.Count == 0 ? null : all.Count == 1 ? all[0] : $"{all[0]}, and {all.Count - 1} more";
    }

    /// <summary>The text whose sha256 is the digest.</summary>
    public override string ToString() => Heading + string.Concat(Entries);

    private static bool MayRun(FileInfo file) =>
        !OperatingSystem.IsWindows() && (file.UnixFileMode & UnixFileMode.UserExecute) != 0;
}
