namespace Tidegate.BuildHost.Archives;

internal enum EntryKind
{
    File,
    Directory,
    SymbolicLink,
    HardLink,

    /// <summary>A device, a pipe or something else that no folder of files holds.</summary>
    Other,
}

/// <summary>What an archive says of one of its entries.</summary>
/// <param name="Name">As it stands in the archive.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Target">Of a link; else null.</param>
/// <param name="Mode">Unix permissions, or null when the archive does not know.</param>
/// <param name="CopyTo">Writes the content of a file.</param>
internal sealed record ArchiveEntry(string Name, EntryKind Kind, string Target, UnixFileMode? Mode, Action<Stream> CopyTo)
{
    public string[] Parts { get; } = PartsOf(Name);

    public string Path => string.Join('/', Parts);

    /// <summary>The parts between slashes; a slash at the end and a leading <c>./</c> do not count.</summary>
    public static string[] PartsOf(string name) => [.. name.TrimEnd('/').Split('/').Where(static (part, index) => index > 0 || part != ".")];
}
