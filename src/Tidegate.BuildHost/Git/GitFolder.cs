using Nuke.Common.CI;
using Nuke.Common.IO;

namespace Nuke.Common.Git;

/// <summary>The files of a repository: HEAD, references, packed references, config. In a worktree <c>.git</c> is a file that points to them.</summary>
internal sealed class GitFolder
{
    private readonly AbsolutePath _directory;
    private readonly AbsolutePath _own;
    private readonly AbsolutePath _common;

    public GitFolder(AbsolutePath start)
    {
        _directory = start.FindParentOrSelf(folder => (folder / ".git").DirectoryExists() || (folder / ".git").FileExists())
            ?? throw new ArgumentException($"'{start}' does not lie in a git repository.", nameof(start));
        _own = (_directory / ".git").DirectoryExists() ? _directory / ".git" : At(_directory, Line(_directory / ".git")["gitdir:".Length..].Trim());
        _common = Line(_own / "commondir") is { } common ? At(_own, common) : _own;
    }

    public GitRepository Read()
    {
        var server = NukeBuild.Host as IBuildServer;
        var head = Line(_own / "HEAD") ?? throw new ArgumentException($"'{_own}' has no HEAD.");
        head = head.StartsWith("ref:", StringComparison.Ordinal) ? head[4..].Trim() : head;
        var isReference = head.StartsWith("refs/", StringComparison.Ordinal);
        var branch = isReference ? WithoutPrefix(head, "refs/heads/") : null;
        var commit = isReference ? CommitOf(head) : head;

        var config = GitConfig.Read(_common / "config");
        var remote = (branch is null ? null : config.Find("branch", branch, "remote")) ?? (config.Find("remote", "origin", "url") is null ? null : "origin");
        var merge = branch is null ? null : config.Find("branch", branch, "merge");
        var address = remote is not null && config.Find("remote", remote, "url") is { } url ? GitUrl.Parse(url) : null;
        return new GitRepository(
            address?.Protocol, address?.Endpoint, address?.Identifier, WithoutPrefix(server?.Branch, "refs/heads/") ?? branch, _directory,
            head, server?.Commit ?? commit, TagsOn(commit), remote, merge is null ? null : WithoutPrefix(merge, "refs/heads/"));
    }

    private string CommitOf(string reference) =>
        Line(_own / reference) ?? Line(_common / reference) ?? Packed().FirstOrDefault(packed => packed.Name == reference).Commit;

    private string[] TagsOn(string commit)
    {
        const string prefix = "refs/tags/";
        if (commit is null)
            return [];
        var folder = _common / "refs" / "tags";
        var loose = folder.DirectoryExists()
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Line(file) == commit).Select(file => (string)folder.GetUnixRelativePathTo(file))
            : [];
        var packed = Packed().Where(each => each.Name.StartsWith(prefix, StringComparison.Ordinal) && (each.Peeled ?? each.Commit) == commit).Select(each => each.Name[prefix.Length..]);
        return [.. loose.Concat(packed).Distinct().Order(StringComparer.Ordinal)];
    }

    private List<(string Name, string Commit, string Peeled)> Packed()
    {
        var found = new List<(string Name, string Commit, string Peeled)>();
        var file = _common / "packed-refs";
        foreach (var line in file.FileExists() ? File.ReadLines(file) : [])
        {
            if (line.StartsWith('^') && found.Count > 0)
                found[^1] = found[^1] with { Peeled = line[1..] };
            else if (!line.StartsWith('#') && line.Split(' ', 2) is [var commit, var name])
                found.Add((name, commit, null));
        }

        return found;
    }

    private static AbsolutePath At(AbsolutePath folder, string path) => PathConstruction.HasPathRoot(path) ? path : folder / path;

    private static string WithoutPrefix(string text, string prefix) => text?.StartsWith(prefix, StringComparison.Ordinal) == true ? text[prefix.Length..] : text;

    private static string Line(AbsolutePath file) => file.FileExists() ? File.ReadLines(file).FirstOrDefault()?.Trim() : null;
}
