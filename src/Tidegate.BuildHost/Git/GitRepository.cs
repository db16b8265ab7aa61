using Nuke.Common.IO;

namespace Nuke.Common.Git;

public enum GitProtocol
{
    Https,
    Ssh,
}

/// <summary>A repository: where it lies, where it comes from, what is checked out.</summary>
public class GitRepository(
    GitProtocol? protocol, string endpoint, string identifier, string branch, AbsolutePath localDirectory,
    string head, string commit, IReadOnlyCollection<string> tags, string remoteName, string remoteBranch)
{
    /// <summary>Null without a remote.</summary>
    public GitProtocol? Protocol { get; } = protocol;

    /// <summary>The server: <c>github.com</c>. Null without a remote.</summary>
    public string Endpoint { get; } = endpoint;

    /// <summary>The path on the server: <c>acme/app</c>. Null without a remote.</summary>
    public string Identifier { get; } = identifier;

    /// <summary>Null when the head is detached and the CI server names no branch.</summary>
    public string Branch { get; } = branch;
    public AbsolutePath LocalDirectory { get; } = localDirectory;

    /// <summary>What the file HEAD names: a reference, or a commit.</summary>
    public string Head { get; } = head;

    /// <summary>Null before the first commit.</summary>
    public string Commit { get; } = commit;

    /// <summary>Those on the commit.</summary>
    public IReadOnlyCollection<string> Tags { get; } = tags;
    public string RemoteName { get; } = remoteName;
    public string RemoteBranch { get; } = remoteBranch;

    public string HttpsUrl => Identifier is null ? null : $"https://{Endpoint}/{Identifier}.git";
    public string SshUrl => Identifier is null ? null : $"git@{Endpoint}:{Identifier}.git";

    /// <summary>Reads the files in <c>.git</c>, also of a worktree; no program is started.</summary>
    public static GitRepository FromLocalDirectory(AbsolutePath directory) => new GitFolder(directory).Read();

    public static GitRepository FromUrl(string url, string branch = null)
    {
        var (protocol, endpoint, identifier) = GitUrl.Parse(url) ?? throw new ArgumentException($"'{GitUrl.WithoutPassword(url)}' is no address of a repository.", nameof(url));
        return new GitRepository(protocol, endpoint, identifier, branch, null, null, null, [], null, null);
    }

    public GitRepository SetBranch(string branch) =>
        new(Protocol, Endpoint, Identifier, branch, LocalDirectory, Head, Commit, Tags, RemoteName, RemoteBranch);

    public override string ToString() => HttpsUrl ?? LocalDirectory ?? Commit ?? nameof(GitRepository);
}
