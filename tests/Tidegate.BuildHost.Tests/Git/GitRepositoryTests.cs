using Nuke.Common.Git;
using Nuke.Common.IO;
using Nuke.Common.Tools.Git;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.Git;

public sealed class GitRepositoryTests : IDisposable
{
    private readonly Repository _repository = new();

    private AbsolutePath Root => _repository.Root;

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Branch_commit_tags_and_remote_are_read_from_the_files()
    {
        Init();
        Run("tag v1");
        Run("tag -a v2 -m two");
        Run("remote add origin git@github.com:acme/app.git");

        var read = GitRepository.FromLocalDirectory((Root / "deep" / "down").CreateDirectory());

        read.Branch.ShouldBe("feature/x");
        read.Commit.ShouldBe(GitTasks.GitCurrentCommit(Root));
        read.Tags.ShouldContain("v1");
        read.Identifier.ShouldBe("acme/app");
        read.Protocol.ShouldBe(GitProtocol.Ssh);
        read.HttpsUrl.ShouldBe("https://github.com/acme/app.git");
        read.IsOnFeatureBranch().ShouldBeTrue();
        read.LocalDirectory.ShouldBe(Root);
    }

    [Fact]
    public void Packed_references_and_annotated_tags_are_found()
    {
        Init();
        Run("tag -a v2 -m two");
        Run("pack-refs --all");

        var read = GitRepository.FromLocalDirectory(Root);

        read.Commit.ShouldBe(GitTasks.GitCurrentCommit(Root));
        read.Tags.ShouldBe(["v2"]);
    }

    [Fact]
    public void A_worktree_has_its_own_head_and_the_common_config()
    {
        Init();
        Run("remote add origin https://user:pass@example.com/team/app");
        Run("worktree add ../" + Root.Name + "-tree -b side");
        var tree = Root.Parent / (Root.Name + "-tree");
        try
        {
            var read = GitRepository.FromLocalDirectory(tree);

            read.Branch.ShouldBe("side");
            read.Commit.ShouldBe(GitTasks.GitCurrentCommit(Root));
            read.ToString().ShouldBe("https://example.com/team/app.git");
        }
        finally
        {
            tree.DeleteDirectory();
        }
    }

    [Fact]
    public void A_detached_head_has_a_commit_and_no_branch()
    {
        Init();
        Run("checkout --detach");

        var read = GitRepository.FromLocalDirectory(Root);

        read.Branch.ShouldBeNull();
        read.Commit.ShouldBe(GitTasks.GitCurrentCommit(Root));
        read.ToString().ShouldBe(Root.ToString());
    }

    [Theory]
    [InlineData("https://github.com/acme/app.git", GitProtocol.Https, "github.com", "acme/app")]
    [InlineData("https://token@gitlab.com:8443/group/sub/app", GitProtocol.Https, "gitlab.com:8443", "group/sub/app")]
    [InlineData("git@github.com:acme/app.git", GitProtocol.Ssh, "github.com", "acme/app")]
    [InlineData("ssh://git@host/acme/app.git/", GitProtocol.Ssh, "host", "acme/app")]
    public void Addresses_are_taken_apart(string url, GitProtocol protocol, string endpoint, string identifier)
    {
        var read = GitRepository.FromUrl(url, "main");

        (read.Protocol, read.Endpoint, read.Identifier, read.Branch).ShouldBe((protocol, endpoint, identifier, "main"));
    }

    private void Init()
    {
        Run("init -b feature/x");
        Run("-c user.name=t -c user.email=t@example.com commit --allow-empty -m first");
        Run("config user.name t");
        Run("config user.email t@example.com");
    }

    private void Run(string arguments) => GitTasks.Git($"{arguments:nq}", Root, logOutput: false, logInvocation: false);
}
