using NuGet.Versioning;
using Nuke.Common.Git;
using Nuke.Common.IO;

namespace Nuke.Common.ChangeLog;

/// <summary>The lines of a change log, parted by its headings.</summary>
internal sealed class ChangelogText
{
    private const string Heading = "## ";
    private const string CompareMark = "/compare/";

    private readonly AbsolutePath _file;
    private readonly string[] _lines;

    private ChangelogText(AbsolutePath file, string[] lines)
    {
        _file = file;
        _lines = lines;
    }

    public static ChangelogText Read(AbsolutePath file, string[] lines) => new(file, lines);

    public ReleaseNotes[] Sections()
    {
        var headings = Enumerable.Range(0, _lines.Length).Where(index => _lines[index].StartsWith(Heading, StringComparison.Ordinal)).ToArray();
        return [.. headings.Select((start, position) => Section(start, position + 1 < headings.Length ? headings[position + 1] : _lines.Length))];
    }

    /// <summary>Without marks: bullets are dots.</summary>
    public static string Plain(string line)
    {
        var text = line.TrimStart();
        var indent = line[..^text.Length];
        return indent + (text is ['-' or '*' or '+', ' ', ..] ? "\u2022" + text[1..] : text).Replace("`", string.Empty, StringComparison.Ordinal);
    }

    /// <summary>With the links at the end of the file that the headings point to.</summary>
    public static IEnumerable<string> Linked(IEnumerable<string> lines, GitRepository repository, NuGetVersion released, NuGetVersion before)
    {
        var address = $"https://{repository.Endpoint}/{repository.Identifier}";
        string[] kept = [.. lines.Where(line => !line.StartsWith("[Unreleased]:", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("[vNext]:", StringComparison.OrdinalIgnoreCase))];
        var links = Array.FindIndex(kept, IsLink);
        var text = (links < 0 ? kept : kept[..links]).Reverse().SkipWhile(string.IsNullOrWhiteSpace).Reverse();
        return
        [
            .. text,
            string.Empty,
            $"[Unreleased]: {address}{CompareMark}{released}...HEAD",
            before is null ? $"[{released}]: {address}/tree/{released}" : $"[{released}]: {address}{CompareMark}{before}...{released}",
            .. links < 0 ? Array.Empty<string>() : kept[links..],
        ];
    }

    private ReleaseNotes Section(int start, int next)
    {
        string[] notes = [.. _lines[(start + 1)..next].TakeWhile(line => !IsLink(line)).SkipWhile(string.IsNullOrWhiteSpace).Reverse().SkipWhile(string.IsNullOrWhiteSpace).Reverse()];
        var title = _lines[start][Heading.Length..].Trim();
        var name = title.Split(['/', ' '], 2)[0].Trim('[', ']');
        if (name.StartsWith("unreleased", StringComparison.OrdinalIgnoreCase) || name.StartsWith("vNext", StringComparison.OrdinalIgnoreCase))
            return new ReleaseNotes(notes, start, next - 1);
        return NuGetVersion.TryParse(name.TrimStart('v'), out var version)
            ? new ReleaseNotes(version, notes, start, next - 1)
            : throw new FormatException($"{_file}, line {start + 1}: '{title}' names no version. Write '{Heading}[1.2.0] / 2026-01-31' or '{Heading}[Unreleased]'.");
    }

    private static bool IsLink(string line) => line.StartsWith('[') && line.Contains("]: ", StringComparison.Ordinal);
}
