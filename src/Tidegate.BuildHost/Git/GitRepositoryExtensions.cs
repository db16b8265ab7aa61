namespace Nuke.Common.Git;

/// <summary>The branch by its usual names.</summary>
public static class GitRepositoryExtensions
{
    public static bool IsOnMainOrMasterBranch(this GitRepository repository) => repository.IsOnMainBranch() || repository.IsOnMasterBranch();
    public static bool IsOnMainBranch(this GitRepository repository) => Is(repository, "main");
    public static bool IsOnMasterBranch(this GitRepository repository) => Is(repository, "master");
    public static bool IsOnDevelopBranch(this GitRepository repository) => Is(repository, "dev") || Is(repository, "develop") || Is(repository, "development");
    public static bool IsOnFeatureBranch(this GitRepository repository) => Below(repository, "feature/") || Below(repository, "features/");
    public static bool IsOnReleaseBranch(this GitRepository repository) => Below(repository, "release/") || Below(repository, "releases/");
    public static bool IsOnHotfixBranch(this GitRepository repository) => Below(repository, "hotfix/") || Below(repository, "hotfixes/");

    private static bool Is(GitRepository repository, string branch) => string.Equals(repository.Branch, branch, StringComparison.OrdinalIgnoreCase);

    private static bool Below(GitRepository repository, string folder) => repository.Branch?.StartsWith(folder, StringComparison.OrdinalIgnoreCase) == true;
}
