using NuGet.Versioning;
using Nuke.Common.Git;
using Nuke.Common.IO;
using Nuke.Common.Utilities;
using Serilog;

namespace Nuke.Common.ChangeLog;

/// <summary>
/// Reads and finishes change logs in the form of keepachangelog.com: a heading <c>## [1.2.0] / 2026-01-31</c> for each version (the
/// brackets and the date may be missing), <c>## [Unreleased]</c> or <c>## vNext</c> for what is to come.
/// </summary>
public static class ChangelogTasks
{
    /// <exception cref="FormatException">A heading names no version, or a version stands there twice.</exception>
    public static ChangeLog ReadChangelog(string changelogFile)
    {
        AbsolutePath file = changelogFile;
        var sections = ReadReleaseNotes(file);
        if (sections.Where(section => !section.Unreleased).GroupBy(section => section.Version).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new FormatException($"{file}: version {twice.Key} stands there twice.");
        return new ChangeLog(file, UnreleasedOf(sections, file), [.. sections.Where(section => !section.Unreleased)]);
    }

    public static IReadOnlyList<ReleaseNotes> ReadReleaseNotes(AbsolutePath changelogFile) => ChangelogText.Read(changelogFile, changelogFile.ReadAllLines()).Sections();

    /// <param name="changelogFile">The file.</param>
    /// <param name="tag">A version, or null for the first section of the file.</param>
    /// <returns>The lines of that section, without its heading.</returns>
    public static IEnumerable<string> ExtractChangelogSectionNotes(AbsolutePath changelogFile, string tag = null)
    {
        var sections = ReadReleaseNotes(changelogFile);
        var found = tag is null ? (sections.Count > 0 ? sections[0] : null) : sections.FirstOrDefault(section => section.Version is { } version && version.Equals(Version(tag)));
        return found?.Notes ?? throw new ArgumentException(tag is null
            ? $"{changelogFile} has no section. Begin one with '## [Unreleased]'."
            : $"{changelogFile} has no section for {tag}. It has {string.Join(", ", sections.Select(section => section.Version?.ToString() ?? "what is not released"))}.");
    }

    /// <summary>The notes of the newest section as plain text, with a link to the whole file when the repository has a server.</summary>
    public static string GetNuGetReleaseNotes(string changelogFile, GitRepository repository = null)
    {
        AbsolutePath file = changelogFile;
        var lines = ExtractChangelogSectionNotes(file).Select(ChangelogText.Plain).ToList();
        if (repository?.Identifier is not null)
            lines.AddRange([string.Empty, $"Full changelog at https://{repository.Endpoint}/{repository.Identifier}/blob/{repository.Branch ?? repository.Commit}/{repository.LocalDirectory.GetUnixRelativePathTo(file)}"]);
        return lines.JoinNewLine();
    }

    /// <summary>Gives what is not released yet the number of this release, and begins a new section above it.</summary>
    public static void FinalizeChangelog(AbsolutePath changelogFile, string tag, GitRepository repository = null) =>
        FinalizeChangelog(ReadChangelog(changelogFile), Version(tag), repository);

    /// <inheritdoc cref="FinalizeChangelog(AbsolutePath, string, GitRepository)"/>
    public static void FinalizeChangelog(ChangeLog changelogFile, NuGetVersion tag, GitRepository repository = null)
    {
        var unreleased = changelogFile.Unreleased ?? throw new ArgumentException($"{changelogFile.Path} has no section for what is not released. Begin one with '## [Unreleased]'.");
        if (unreleased.IsEmpty)
            throw new ArgumentException($"{changelogFile.Path}: nothing is written under what is not released.");
        if (changelogFile.LatestVersion is { } latest && tag <= latest)
            throw new ArgumentException($"{changelogFile.Path}: {tag} is not above {latest}, which is there already.");

        var lines = changelogFile.Path.ReadAllLines().ToList();
        var today = TimeProvider.System.GetLocalNow();
        lines.InsertRange(unreleased.StartIndex + 1, [string.Empty, $"## [{tag}] / {today:yyyy-MM-dd}"]);
        changelogFile.Path.WriteAllLines(repository?.Identifier is null ? [.. lines] : [.. ChangelogText.Linked(lines, repository, tag, changelogFile.LatestVersion)]);
        Log.Information("{File}: {Version} is finished", changelogFile.Path.Name, tag.ToString());
    }

    private static ReleaseNotes UnreleasedOf(IReadOnlyList<ReleaseNotes> sections, AbsolutePath file) => sections.Count(section => section.Unreleased) < 2
        ? sections.FirstOrDefault(section => section.Unreleased)
        : throw new FormatException($"{file} has more than one section for what is not released.");

    private static NuGetVersion Version(string tag) => NuGetVersion.TryParse(tag.TrimStart('v'), out var version) ? version : throw new FormatException($"'{tag}' is no version such as 1.2.0.");
}
