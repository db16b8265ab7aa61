using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Utilities;
using Tidegate.BuildHost.Configurations;
using Tidegate.BuildHost.Parameters;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>
/// A workflow of GitHub Actions: one job for each image, which runs <see cref="InvokedTargets"/>. Written to
/// <c>.github/workflows/&lt;name>.yml</c> with <c>--generate-configuration GitHubActions_&lt;name></c>, never on an ordinary run.
/// </summary>
/// <param name="name">Of the workflow and its file.</param>
/// <param name="image">Where it runs.</param>
/// <param name="images">Further places.</param>
public class GitHubActionsAttribute(string name, GitHubActionsImage image, params GitHubActionsImage[] images) : ConfigurationAttributeBase
{
    private GitHubActionsSubmodules? _submodules;
    private uint? _fetchDepth;
    private bool? _progress;

    public override Type HostType => typeof(GitHubActions);
    public override string IdPostfix => name;
    public override AbsolutePath ConfigurationFile => NukeBuild.RootDirectory / ".github" / "workflows" / $"{name}.yml";
    public override IEnumerable<AbsolutePath> GeneratedFiles => [ConfigurationFile];
    public override IEnumerable<string> RelevantTargetNames => InvokedTargets;
    public override IEnumerable<string> IrrelevantTargetNames => [];

    /// <summary>Targets that are run, by <c>nameof</c>.</summary>
    public string[] InvokedTargets { get; set; } = [];

    public GitHubActionsTrigger[] On { get; set; } = [];
    public string[] OnPushBranches { get; set; } = [];
    public string[] OnPushBranchesIgnore { get; set; } = [];
    public string[] OnPushTags { get; set; } = [];
    public string[] OnPushTagsIgnore { get; set; } = [];
    public string[] OnPushIncludePaths { get; set; } = [];
    public string[] OnPushExcludePaths { get; set; } = [];
    public string[] OnPullRequestBranches { get; set; } = [];
    public string[] OnPullRequestTags { get; set; } = [];
    public string[] OnPullRequestIncludePaths { get; set; } = [];
    public string[] OnPullRequestExcludePaths { get; set; } = [];

    /// <summary>Parameters of the build that may be given by hand.</summary>
    public string[] OnWorkflowDispatchOptionalInputs { get; set; } = [];
    public string[] OnWorkflowDispatchRequiredInputs { get; set; } = [];

    /// <summary>For example <c>0 3 * * *</c>.</summary>
    public string OnCronSchedule { get; set; }

    /// <summary>Parameters of the build that are secrets of the repository: <c>NuGetApiKey</c> is the secret NUGET_API_KEY.</summary>
    public string[] ImportSecrets { get; set; } = [];

    /// <summary>Gives the build the job's token, as GITHUB_TOKEN.</summary>
    public bool EnableGitHubToken { get; set; }
    public GitHubActionsPermissions[] ReadPermissions { get; set; } = [];
    public GitHubActionsPermissions[] WritePermissions { get; set; } = [];

    /// <summary>Without any, nothing is cached.</summary>
    public string[] CacheIncludePatterns { get; set; } = [".nuke/temp", "~/.nuget/packages"];
    public string[] CacheExcludePatterns { get; set; } = [];
    public string[] CacheKeyFiles { get; set; } = ["**/global.json", "**/*.csproj", "**/Directory.Packages.props"];

    /// <summary>Uploads what the invoked targets and those that they need produce.</summary>
    public bool PublishArtifacts { get; set; } = true;

    /// <summary>An expression of GitHub's; default: after success.</summary>
    public string PublishCondition { get; set; }

    /// <summary>0: GitHub's own limit.</summary>
    public int TimeoutMinutes { get; set; }
    public string ConcurrencyGroup { get; set; }
    public bool ConcurrencyCancelInProgress { get; set; }
    public string JobConcurrencyGroup { get; set; }
    public bool JobConcurrencyCancelInProgress { get; set; }
    public string EnvironmentName { get; set; }
    public string EnvironmentUrl { get; set; }

    public GitHubActionsSubmodules Submodules
    {
        get => _submodules ?? GitHubActionsSubmodules.False;
        set => _submodules = value;
    }

    public bool Lfs { get; set; }

    /// <summary>Commits of history; 0 is all of it. Default: one.</summary>
    public uint FetchDepth
    {
        get => _fetchDepth ?? 1;
        set => _fetchDepth = value;
    }

    public bool Progress
    {
        get => _progress ?? true;
        set => _progress = value;
    }

    /// <summary>A partial clone, for example <c>tree:0</c>.</summary>
    public string Filter { get; set; }

    internal string Name => name;
    internal IEnumerable<GitHubActionsImage> Images => [image, .. images];
    internal (GitHubActionsSubmodules? Submodules, uint? FetchDepth, bool? Progress) Checkout => (_submodules, _fetchDepth, _progress);
    internal IReadOnlyCollection<(string Key, string Value)> Imports => [.. GetImports()];

    public override CustomFileWriter CreateWriter(StreamWriter streamWriter) => new(streamWriter, indentationFactor: 2, commentPrefix: "#");

    public override ConfigurationEntity GetConfiguration(IReadOnlyCollection<ExecutableTarget> relevantTargets) => new GitHubWorkflow(this, relevantTargets);

    /// <summary>Variables that the build gets, with their expressions.</summary>
    protected virtual IEnumerable<(string Key, string Value)> GetImports()
    {
        foreach (var input in OnWorkflowDispatchOptionalInputs.Concat(OnWorkflowDispatchRequiredInputs))
            yield return (input, $"${{{{ github.event.inputs.{input} }}}}");
        foreach (var secret in ImportSecrets)
            yield return (secret, $"${{{{ secrets.{ParameterName.Variable(secret)} }}}}");
        if (EnableGitHubToken)
            yield return ("GITHUB_TOKEN", "${{ secrets.GITHUB_TOKEN }}");
    }
}
