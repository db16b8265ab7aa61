using Nuke.Common.ChangeLog;
using Nuke.Common.Git;
using Nuke.Common.IO;

namespace Tidegate.BuildHost.Tests.ChangeLog;

public sealed class ChangelogTests : IDisposable
{
    private const string Text = """
        # Changelog

        ## [Unreleased]
        - Faster `start`
        - A part - with a dash

        ## [1.1.0] / 2026-02-01
        ### Added
        * Waves

        ## 1.0.0
        First.

        [Unreleased]: https://github.com/acme/app/compare/1.1.0...HEAD
        [1.1.0]: https://github.com/acme/app/compare/1.0.0...1.1.0
        """;

    private readonly AbsolutePath _root = Directory.CreateTempSubdirectory("changelog-").FullName;
    private readonly GitRepository _repository;

    public ChangelogTests()
    {
        File.WriteAllText(_root / "CHANGELOG.md", Text);
        _repository = new GitRepository(GitProtocol.Https, "github.com", "acme/app", "main", _root, "refs/heads/main", "c0ffee", [], "origin", "main");
    }

    private AbsolutePath Log => _root / "CHANGELOG.md";

    public void Dispose() => _root.DeleteDirectory();

    [Fact]
    public void Sections_have_versions_and_notes()
    {
        var log = ChangelogTasks.ReadChangelog(Log);

        log.Unreleased.Notes.ShouldBe(["- Faster `start`", "- A part - with a dash"]);
        log.ReleaseNotes.Select(notes => notes.Version.ToString()).ShouldBe(["1.1.0", "1.0.0"]);
        log.LatestVersion.ToString().ShouldBe("1.1.0");
        log.ReleaseNotes[1].Notes.ShouldBe(["First."]);
    }

    [Theory]
    [InlineData(null, "- Faster `start`")]
    [InlineData("1.1.0", "### Added")]
    [InlineData("v1.0.0", "First.")]
    public void Notes_are_found_by_version_or_are_the_newest(string? tag, string first) =>
        ChangelogTasks.ExtractChangelogSectionNotes(Log, tag).First().ShouldBe(first);

    [Fact]
    public void A_version_that_is_not_there_is_refused_with_those_that_are() =>
        Should.Throw<ArgumentException>(() => ChangelogTasks.ExtractChangelogSectionNotes(Log, "2.0.0")).Message.ShouldContain("It has what is not released, 1.1.0, 1.0.0");

    [Fact]
    public void Notes_of_a_package_are_plain_and_lead_to_the_whole_file() =>
        ChangelogTasks.GetNuGetReleaseNotes(Log, _repository).ReplaceLineEndings("\n").ShouldBe(
            "\u2022 Faster start\n\u2022 A part - with a dash\n\nFull changelog at https://github.com/acme/app/blob/main/CHANGELOG.md");

    [Fact]
    public void Finishing_gives_what_is_not_released_its_number_and_begins_a_new_section()
    {
        ChangelogTasks.FinalizeChangelog(Log, "1.2.0", _repository);

        var log = ChangelogTasks.ReadChangelog(Log);
        log.Unreleased.IsEmpty.ShouldBeTrue();
        log.LatestVersion.ToString().ShouldBe("1.2.0");
        log.ReleaseNotes[0].Notes.ShouldContain("- Faster `start`");
        var lines = Log.ReadAllLines();
        lines.ShouldContain("[Unreleased]: https://github.com/acme/app/compare/1.2.0...HEAD");
        lines.ShouldContain("[1.2.0]: https://github.com/acme/app/compare/1.1.0...1.2.0");
        lines.ShouldContain("[1.1.0]: https://github.com/acme/app/compare/1.0.0...1.1.0");
        lines.Count(line => line.StartsWith("[Unreleased]:", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("1.0.5", "is not above 1.1.0")]
    [InlineData("one", "is no version")]
    public void A_number_that_cannot_come_next_is_refused_and_the_file_stays(string tag, string why)
    {
        Should.Throw<Exception>(() => ChangelogTasks.FinalizeChangelog(Log, tag)).Message.ShouldContain(why);
        Log.ReadAllText().ShouldBe(Text);
    }

    [Theory]
    [InlineData("## Soon\n- x\n", "line 1: 'Soon' names no version")]
    [InlineData("## 1.0.0\n- x\n## [1.0.0]\n", "stands there twice")]
    [InlineData("## Unreleased\n## vNext\n", "more than one section")]
    public void A_file_that_cannot_be_read_says_where(string text, string why)
    {
        File.WriteAllText(Log, text);

        Should.Throw<FormatException>(() => ChangelogTasks.ReadChangelog(Log)).Message.ShouldContain(why);
    }
}
