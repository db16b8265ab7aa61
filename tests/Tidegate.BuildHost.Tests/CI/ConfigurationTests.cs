using Nuke.Common;
using Nuke.Common.CI.AzurePipelines;
using Nuke.Common.CI.GitHubActions;
using Tidegate.BuildHost.Tests.Support;

namespace Tidegate.BuildHost.Tests.CI;

public sealed class ConfigurationTests : IDisposable
{
    private readonly Repository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("GitHubActions_continuous", ".github/workflows/continuous.yml", "ci/github-continuous.yml")]
    [InlineData("githubactions_release", ".github/workflows/release.yml", "ci/github-release.yml")]
    [InlineData("AzurePipelines", "azure-pipelines.yml", "ci/azure-pipelines.yml")]
    [InlineData("AzurePipelines_nightly", "azure-pipelines.nightly.yml", "ci/azure-nightly.yml")]
    public void The_file_is_written_on_request(string id, string path, string approved)
    {
        var run = _repository.Run<ServedBuild>($"--generate-configuration {id}");

        run.ExitCode.ShouldBe(0, run.Errors);
        File.ReadAllText(Path.Combine(_repository.Root, path)).ShouldBeAsApproved(approved);
        Written().ShouldBe([path]);
    }

    [Fact]
    public void Without_an_id_all_are_written()
    {
        _repository.Run<ServedBuild>("--generate-configuration").ExitCode.ShouldBe(0);

        Written().ShouldBe([".github/workflows/continuous.yml", ".github/workflows/release.yml", "azure-pipelines.nightly.yml", "azure-pipelines.yml"]);
    }

    [Theory]
    [InlineData("Compile")]
    [InlineData("Test --plan")]
    [InlineData("--help")]
    public void An_ordinary_run_writes_none(string arguments)
    {
        _repository.Run<ServedBuild>(arguments).ExitCode.ShouldBe(0);

        Written().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GitHubActions_continous", "Did you mean GitHubActions_continuous?")]
    [InlineData("Bamboo", "There are AzurePipelines, AzurePipelines_nightly, GitHubActions_continuous, GitHubActions_release")]
    public void An_unknown_id_is_refused_with_those_there_are(string id, string advice)
    {
        var run = _repository.Run<ServedBuild>($"--generate-configuration {id}");

        run.ExitCode.ShouldBe(30);
        run.Errors.ShouldContain(advice);
    }

    [Fact]
    public void A_target_that_the_build_does_not_have_is_refused()
    {
        var run = _repository.Run<MistypedBuild>("--generate-configuration");

        run.ExitCode.ShouldBe(30);
        run.Errors.ShouldContain("'Compil' in [GitHubActions]");
        run.Errors.ShouldContain("Did you mean Compile?");
        Written().ShouldBeEmpty();
    }

    private IEnumerable<string> Written() => Directory.EnumerateFiles(_repository.Root, "*.yml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_repository.Root, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    [GitHubActions("continuous", GitHubActionsImage.UbuntuLatest, GitHubActionsImage.WindowsLatest, On = [GitHubActionsTrigger.Push, GitHubActionsTrigger.PullRequest], InvokedTargets = [nameof(Test), nameof(Pack)])]
    [GitHubActions(
        "release",
        GitHubActionsImage.Ubuntu2404,
        OnPushBranches = ["main", "release/**"],
        OnPushTags = ["v*"],
        OnPushExcludePaths = ["docs/**"],
        OnPullRequestBranches = ["main"],
        OnCronSchedule = "0 3 * * *",
        OnWorkflowDispatchOptionalInputs = ["Channel"],
        OnWorkflowDispatchRequiredInputs = ["ReleaseVersion"],
        ImportSecrets = [nameof(NuGetApiKey)],
        EnableGitHubToken = true,
        ReadPermissions = [GitHubActionsPermissions.Contents],
        WritePermissions = [GitHubActionsPermissions.Packages, GitHubActionsPermissions.IdToken],
        ConcurrencyGroup = "release",
        ConcurrencyCancelInProgress = true,
        EnvironmentName = "nuget",
        TimeoutMinutes = 30,
        FetchDepth = 0,
        Submodules = GitHubActionsSubmodules.Recursive,
        CacheExcludePatterns = ["~/.nuget/packages/ours"],
        PublishCondition = "always()",
        InvokedTargets = [nameof(Publish)])]
    [AzurePipelines(
        AzurePipelinesImage.UbuntuLatest,
        AzurePipelinesImage.WindowsLatest,
        InvokedTargets = [nameof(Publish)],
        NonEntryTargets = [nameof(Restore)],
        ExcludedTargets = [nameof(Clean)],
        ImportSecrets = [nameof(NuGetApiKey)],
        CachePaths = ["~/.nuget/packages"])]
    [AzurePipelines(
        "nightly",
        AzurePipelinesImage.Ubuntu2204,
        InvokedTargets = [nameof(Test)],
        TriggerBatch = true,
        TriggerBranchesInclude = ["main"],
        TriggerPathsExclude = ["docs/*"],
        PullRequestsDisabled = true,
        ImportVariableGroups = ["keys"],
        EnableAccessToken = true,
        Submodules = true,
        FetchDepth = 1)]
    private class ServedBuild : NukeBuild
    {
        [Parameter, Secret] readonly string NuGetApiKey = null!;
        [Parameter] readonly string Channel = null!;
        [Parameter] readonly string ReleaseVersion = null!;

        Target Clean => _ => _.Executes(() => { });
        Target Restore => _ => _.DependsOn(Clean).Executes(() => { });
        Target Compile => _ => _.DependsOn(Restore).Executes(() => { });
        Target Test => _ => _.DependsOn(Compile).Partition(3).Produces(RootDirectory / "artifacts" / "results" / "*.trx").Executes(() => { });
        Target Pack => _ => _.DependsOn(Compile).Produces(RootDirectory / "artifacts" / "packages" / "*.nupkg").Executes(() => { });
        Target Publish => _ => _.DependsOn(Test, Pack).Consumes(Pack).Requires(() => NuGetApiKey, () => Channel, () => ReleaseVersion).Executes(() => { });
    }

    [GitHubActions("typo", GitHubActionsImage.UbuntuLatest, InvokedTargets = ["Compil"])]
    private class MistypedBuild : NukeBuild
    {
        Target Compile => _ => _.Executes(() => { });
    }
}
