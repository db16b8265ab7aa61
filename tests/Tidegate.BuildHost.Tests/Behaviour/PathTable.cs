using Nuke.Common;
using Nuke.Common.Git;
using Nuke.Common.IO;
using Nuke.Common.Utilities.Collections;
using Tidegate.BuildHost.Tests.Parameters;

namespace Tidegate.BuildHost.Tests.Behaviour;

/// <summary>Sections 6 to 8 of the facts: paths, values, tools, git.</summary>
public sealed class PathTable
{
    private static readonly AbsolutePath Root = "/a/b";

    public static IEnumerable<TheoryDataRow<string, string, string>> Paths() =>
    [
        new("a path and a name", Root / "c d.txt", "/a/b/c d.txt"),
        new("the parent, by a range", Root / "c" / .., "/a/b"),
        new("steps inside a text", Root / "../x/./y", "/a/x/y"),
        new("a text behind", Root + ".zip", "/a/b.zip"),
        new("the name", (Root / "c.tar.gz").Name, "c.tar.gz"),
        new("the name without its last extension", (Root / "c.tar.gz").NameWithoutExtension, "c.tar"),
        new("the extension", (Root / "c.tar.gz").Extension, ".gz"),
        new("another extension", (Root / "c.txt").WithExtension("md"), "/a/b/c.md"),
        new("d quotes", $"{Root / "c":d}", "\"/a/b/c\""),
        new("dn quotes when needed", $"{Root / "c d":dn} {Root / "c":dn}", "\"/a/b/c d\" /a/b/c"),
        new("s quotes singly", $"{Root / "c":s}", "'/a/b/c'"),
        new("nq never quotes", $"{Root / "c d":nq}", "/a/b/c d"),
        new("a relative path of a path", Root.GetRelativePathTo("/a/c"), "../c"),
        new("a relative path with slashes", Root.GetUnixRelativePathTo("/a/b/c/d"), "c/d"),
        new("parts of a relative path", (RelativePath)"x" / "y", Path.Combine("x", "y")),
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Paths_are_put_together_as_in_NUKE(string fact, string actual, string expected) => actual.ShouldBe(expected, fact);

    [Fact]
    public void A_path_must_be_rooted() => Should.Throw<ArgumentException>(() => { AbsolutePath path = "a/b"; return path; }).Message.ShouldContain("must be rooted");

    /// <summary>NUKE's trap, kept because the operators are its own: text + path is the operator of paths.</summary>
    [Fact]
    public void A_text_before_a_path_is_taken_for_a_path() => Should.Throw<ArgumentException>(() => (string)("text " + Root)).Message.ShouldContain("must be rooted");

    [Fact]
    public void Paths_are_the_same_by_their_text() => ((AbsolutePath)"/a/x/../b").ShouldBe(Root);

    [Fact]
    public void An_enumeration_shows_its_value_and_compares_by_it()
    {
        ((string)Stage.Beta).ShouldBe("b");
        (Stage.Beta == Stage.Alpha).ShouldBeFalse();
        Stage.Beta.ShouldBe(Stage.Beta);
    }

    [Theory]
    [InlineData(0, "1 2 3")]
    [InlineData(3, "1 2 3")]
    public void What_fails_for_a_while_is_tried_again(int failures, string expected)
    {
        var attempts = new List<int>();

        void Try()
        {
            attempts.Add(attempts.Count + 1);
            if (attempts.Count < 3)
                throw new InvalidDataException("not yet");
        }

        var said = new List<string>();
        ControlFlow.ExecuteWithRetry(Try, retryAttempts: Math.Max(3, failures), logAction: said.Add);

        string.Join(' ', attempts).ShouldBe(expected);
        said.Count.ShouldBe(2);
    }

    [Fact]
    public void What_never_succeeds_fails_as_it_failed_last_and_is_cleaned_up_each_time()
    {
        var cleaned = 0;

        Should.Throw<InvalidDataException>(() => ControlFlow.ExecuteWithRetry(() => throw new InvalidDataException("never"), () => cleaned++, retryAttempts: 4, logAction: _ => { }));

        cleaned.ShouldBe(4);
    }

    [Fact]
    public void What_goes_wrong_and_does_not_matter_gives_the_default() => ControlFlow.SuppressErrors(() => int.Parse("x", null), defaultValue: 7, logWarning: false).ShouldBe(7);

    [Fact]
    public void Assertions_name_what_was_asserted()
    {
        var wrong = Root;

        Should.Throw<ArgumentException>(() => Nuke.Common.Assert.True(wrong is null)).Message.ShouldContain("wrong is null");
        Should.Throw<ArgumentException>(() => Nuke.Common.Assert.FileExists(wrong)).Message.ShouldContain("/a/b");
        Should.Throw<ArgumentException>(() => Nuke.Common.Assert.NotNullOrEmpty(string.Empty)).ShouldNotBeNull();
    }

    [Fact]
    public void Lists_go_into_variables_and_trees_into_lists()
    {
        var (owner, name, missing) = "acme/app".Split('/');

        (owner, name, missing).ShouldBe(("acme", "app", null));
        "abc".DescendantsAndSelf(text => text.Length > 1 ? text[1..] : null!).ShouldBe(["abc", "bc", "c"]);
        3.Descendants(number => Enumerable.Range(0, number)).Count().ShouldBe(7);
        Should.Throw<ArgumentException>(() => new[] { "a", "b", "a" }.ToDictionarySafe(key => key, key => key, "twice")).Message.ShouldContain("twice: a");
    }

    /// <summary>In NUKE this throws NullReferenceException.</summary>
    [Fact]
    public void A_repository_without_a_remote_can_be_shown() =>
        new GitRepository(null, null, null, "main", Root, "refs/heads/main", "c0ffee", [], null, null).ToString().ShouldBe("/a/b");

    [Theory]
    [InlineData("https://github.com/acme/app.git", "github.com", "acme/app")]
    [InlineData("git@github.com:acme/app.git", "github.com", "acme/app")]
    [InlineData("ssh://git@example.com/team/sub/app", "example.com", "team/sub/app")]
    public void Addresses_of_repositories_are_taken_apart(string url, string endpoint, string identifier)
    {
        var repository = GitRepository.FromUrl(url);

        repository.Endpoint.ShouldBe(endpoint);
        repository.Identifier.ShouldBe(identifier);
        repository.HttpsUrl.ShouldBe($"https://{endpoint}/{identifier}.git");
        repository.SshUrl.ShouldBe($"git@{endpoint}:{identifier}.git");
    }
}
