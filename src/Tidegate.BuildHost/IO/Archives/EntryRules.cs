namespace Tidegate.BuildHost.Archives;

/// <summary>Which entries must never be written. All that is wrong is found before anything is.</summary>
internal static class EntryRules
{
    /// <summary>One line for each entry that is refused, with why.</summary>
    public static IReadOnlyList<string> Broken(IReadOnlyList<ArchiveEntry> entries)
    {
        var kinds = new Dictionary<string, EntryKind>(StringComparer.OrdinalIgnoreCase);
        var broken = new List<string>();
        foreach (var entry in entries)
        {
            if ((NameProblem(entry.Name, entry.Kind) ?? KindProblem(entry) ?? TwiceProblem(entry, kinds)) is { } problem)
                broken.Add($"'{Shown(entry.Name)}' {problem}");
        }

        broken.AddRange(entries.Where(entry => Ancestors(entry).Any(path => kinds.TryGetValue(path, out var kind) && kind != EntryKind.Directory))
            .Select(entry => $"'{Shown(entry.Name)}' lies below an entry that is no folder"));
        return broken;
    }

    private static string NameProblem(string name, EntryKind kind)
    {
        var parts = ArchiveEntry.PartsOf(name);
        if (parts.Length == 0)
            return kind == EntryKind.Directory ? null : "has no name";
        if (name.Any(char.IsControl))
            return "has control characters in its name";
        if (name.Contains('\\', StringComparison.Ordinal))
            return "has a backslash in its name";
        if (name.StartsWith('/') || (name.Length > 1 && name[1] == ':'))
            return "is an absolute path";
        if (parts.Contains(".."))
            return "climbs out of the folder";
        return parts.Any(static part => part is "" or ".") ? "has an empty part in its name" : null;
    }

    private static string KindProblem(ArchiveEntry entry) => entry.Kind switch
    {
        EntryKind.Other => "is a device, a pipe or something else that is no file",
        EntryKind.SymbolicLink when !StaysInside(entry) => $"is a link to '{Shown(entry.Target)}', which leaves the folder",
        EntryKind.HardLink when NameProblem(entry.Target, EntryKind.File) is not null => $"is a link to '{Shown(entry.Target)}', which leaves the folder",
        _ => null,
    };

    private static string TwiceProblem(ArchiveEntry entry, Dictionary<string, EntryKind> kinds)
    {
        if (kinds.TryAdd(entry.Path, entry.Kind) || (entry.Kind == EntryKind.Directory && kinds[entry.Path] == EntryKind.Directory))
            return null;
        return "stands there twice, or differs from another one only in case";
    }

    // Steps up are allowed only at the beginning: behind the name of another link they would start from where that one points to.
    private static bool StaysInside(ArchiveEntry entry)
    {
        if (string.IsNullOrEmpty(entry.Target) || entry.Target.StartsWith('/') || entry.Target.AsSpan().IndexOfAny("\\:\0") >= 0)
            return false;
        var parts = entry.Target.Split('/');
        var up = parts.TakeWhile(static part => part == "..").Count();
        return up < entry.Parts.Length && !parts.Skip(up).Contains("..");
    }

    private static IEnumerable<string> Ancestors(ArchiveEntry entry) => Enumerable.Range(1, Math.Max(0, entry.Parts.Length - 1)).Select(count => string.Join('/', entry.Parts[..count]));

    private static string Shown(string name) => string.Concat(name.Select(static letter => char.IsControl(letter) ? '?' : letter));
}
