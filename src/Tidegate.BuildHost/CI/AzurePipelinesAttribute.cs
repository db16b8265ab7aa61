using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Utilities;
using Tidegate.BuildHost.Configurations;

namespace Nuke.Common.CI.AzurePipelines;

public enum AzurePipelinesImage
{
    Windows2022,
    Windows2019,
    Ubuntu2204,
    Ubuntu2004,
    MacOs13,
    MacOs12,
    MacOs11,
    WindowsLatest,
    UbuntuLatest,
    MacOsLatest,
}

/// <summary>Folders that are worth caching.</summary>
public static class AzurePipelinesCachePaths
{
    public static string NuGet = "~/.nuget/packages";
    public static string Nuke = ".nuke/temp";
    public static string Npm = "~/.npm";
    public static string Gradle = "~/.gradle";
    public static string Docker = "$(Pipeline.Workspace)/docker";
}

/// <summary>
/// A pipeline of Azure: one stage for each image, one job for each target of the plan that is not in
/// <see cref="ChainedConfigurationAttributeBase.NonEntryTargets"/>. Written to <c>azure-pipelines[.&lt;suffix>].yml</c> with
/// <c>--generate-configuration AzurePipelines[_&lt;suffix>]</c>, never on an ordinary run.
/// </summary>
/// <param name="suffix">Of the file; null: none.</param>
/// <param name="image">Where it runs.</param>
/// <param name="images">Further places.</param>
public class AzurePipelinesAttribute(string suffix, AzurePipelinesImage image, params AzurePipelinesImage[] images) : ChainedConfigurationAttributeBase
{
    private bool? _clean;
    private bool? _submodules;
    private bool? _largeFileStorage;
    private int? _fetchDepth;

    public AzurePipelinesAttribute(AzurePipelinesImage image, params AzurePipelinesImage[] images)
        : this(null, image, images) { }

    public override Type HostType => typeof(AzurePipelines);
    public override string IdPostfix => suffix;
    public override AbsolutePath ConfigurationFile => ConfigurationDirectory / (suffix is null ? "azure-pipelines.yml" : $"azure-pipelines.{suffix}.yml");
    public override IEnumerable<AbsolutePath> GeneratedFiles => [ConfigurationFile];
    public override IEnumerable<string> RelevantTargetNames => InvokedTargets;

    /// <summary>Targets that are run with all that they need, by <c>nameof</c>.</summary>
    public string[] InvokedTargets { get; set; } = [];

    public bool TriggerDisabled { get; set; }

    /// <summary>Changes that come while a run goes on are run together.</summary>
    public bool TriggerBatch { get; set; }
    public string[] TriggerBranchesInclude { get; set; } = [];
    public string[] TriggerBranchesExclude { get; set; } = [];
    public string[] TriggerTagsInclude { get; set; } = [];
    public string[] TriggerTagsExclude { get; set; } = [];
    public string[] TriggerPathsInclude { get; set; } = [];
    public string[] TriggerPathsExclude { get; set; } = [];
    public bool PullRequestsDisabled { get; set; }

    /// <summary>A new push cancels the run of the one before. Null: Azure's default.</summary>
    public bool? PullRequestsAutoCancel { get; set; }
    public string[] PullRequestsBranchesInclude { get; set; } = [];
    public string[] PullRequestsBranchesExclude { get; set; } = [];
    public string[] PullRequestsPathsInclude { get; set; } = [];
    public string[] PullRequestsPathsExclude { get; set; } = [];

    public string[] ImportVariableGroups { get; set; } = [];

    /// <summary>Secret variables that the build gets; Azure hands them on only by name.</summary>
    public string[] ImportSecrets { get; set; } = [];

    /// <summary>Gives the build the job's token, as SYSTEM_ACCESSTOKEN.</summary>
    public bool EnableAccessToken { get; set; }

    /// <summary>Without any, nothing is cached.</summary>
    public string[] CachePaths { get; set; } = [];
    public string[] CacheKeyFiles { get; set; } = ["**/global.json", "**/*.csproj", "**/Directory.Packages.props"];

    public bool Clean
    {
        get => _clean ?? false;
        set => _clean = value;
    }

    public bool Submodules
    {
        get => _submodules ?? false;
        set => _submodules = value;
    }

    public bool LargeFileStorage
    {
        get => _largeFileStorage ?? false;
        set => _largeFileStorage = value;
    }

    /// <summary>Commits of history; 0 is all of it.</summary>
    public int FetchDepth
    {
        get => _fetchDepth ?? 0;
        set => _fetchDepth = value;
    }

    internal IEnumerable<AzurePipelinesImage> Images => [image, .. images];
    internal (bool? Clean, bool? Submodules, bool? Lfs, int? FetchDepth) Checkout => (_clean, _submodules, _largeFileStorage, _fetchDepth);
    internal IReadOnlyCollection<(string Key, string Value)> Imports => [.. GetImports()];

    protected virtual AbsolutePath ConfigurationDirectory => NukeBuild.RootDirectory;

    public override CustomFileWriter CreateWriter(StreamWriter streamWriter) => new(streamWriter, indentationFactor: 2, commentPrefix: "#");

    public override ConfigurationEntity GetConfiguration(IReadOnlyCollection<ExecutableTarget> relevantTargets) =>
        new AzurePipeline(this, relevantTargets, target => GetInvokedTargets(target, relevantTargets), GetTargetDependencies);

    /// <summary>Variables that the build gets, with their expressions.</summary>
    protected virtual IEnumerable<(string Key, string Value)> GetImports()
    {
        foreach (var secret in ImportSecrets)
            yield return (secret, $"$({secret})");
        if (EnableAccessToken)
            yield return ("SYSTEM_ACCESSTOKEN", "$(System.AccessToken)");
    }
}
