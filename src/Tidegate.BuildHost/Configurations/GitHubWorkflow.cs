using Nuke.Common.CI;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.Execution;
using Nuke.Common.Utilities;

namespace Tidegate.BuildHost.Configurations;

/// <summary>The YAML of a workflow.</summary>
internal sealed class GitHubWorkflow(GitHubActionsAttribute settings, IReadOnlyCollection<ExecutableTarget> relevant) : ConfigurationEntity
{
    public override void Write(CustomFileWriter writer)
    {
        BuildCommand.Origin(writer, "GitHubActions", settings.Id);
        writer.Value("name", settings.Name);
        writer.WriteLine();
        writer.Block("on", () => Triggers(writer));
        Permissions(writer);
        Concurrency(writer, settings.ConcurrencyGroup, settings.ConcurrencyCancelInProgress, isRoot: true);
        writer.WriteLine();
        writer.Block("jobs", () =>
        {
            foreach (var image in settings.Images)
                Job(writer, NameOf(image));
        });
    }

    private void Triggers(CustomFileWriter writer)
    {
        var push = new[] { settings.OnPushBranches, settings.OnPushBranchesIgnore, settings.OnPushTags, settings.OnPushTagsIgnore, settings.OnPushIncludePaths, settings.OnPushExcludePaths };
        if (settings.On.Contains(GitHubActionsTrigger.Push) || push.Any(each => each.Length > 0))
            writer.Block("push", () => Filters(writer, ["branches", "branches-ignore", "tags", "tags-ignore"], push[..4], push[4], push[5]));
        string[][] pull = [settings.OnPullRequestBranches, settings.OnPullRequestTags];
        if (settings.On.Contains(GitHubActionsTrigger.PullRequest) || pull.Any(each => each.Length > 0) || settings.OnPullRequestIncludePaths.Length + settings.OnPullRequestExcludePaths.Length > 0)
            writer.Block("pull_request", () => Filters(writer, ["branches", "tags"], pull, settings.OnPullRequestIncludePaths, settings.OnPullRequestExcludePaths));
        if (settings.On.Contains(GitHubActionsTrigger.WorkflowDispatch) || settings.OnWorkflowDispatchOptionalInputs.Length + settings.OnWorkflowDispatchRequiredInputs.Length > 0)
            writer.Block("workflow_dispatch", () => Inputs(writer));
        if (settings.OnCronSchedule is { } schedule)
            writer.Block("schedule", () => writer.WriteLine($"- cron: {Yaml.Text(schedule)}"));
    }

    private static void Filters(CustomFileWriter writer, string[] names, string[][] patterns, string[] paths, string[] notPaths)
    {
        for (var index = 0; index < names.Length; index++)
            writer.List(names[index], patterns[index]);

        // GitHub takes exceptions only from something, and never both lists.
        if (paths.Length == 0)
            writer.List("paths-ignore", notPaths);
        else
            writer.List("paths", [.. paths, .. notPaths.Select(path => $"!{path}")]);
    }

    private void Inputs(CustomFileWriter writer)
    {
        var inputs = settings.OnWorkflowDispatchOptionalInputs.Select(name => (name, false)).Concat(settings.OnWorkflowDispatchRequiredInputs.Select(name => (name, true))).ToArray();
        if (inputs.Length == 0)
            return;
        writer.Block("inputs", () =>
        {
            foreach (var (name, isRequired) in inputs)
            {
                writer.Block(name, () =>
                {
                    writer.Value("description", name.SplitCamelHumpsWithKnownWords().JoinSpace());
                    writer.Value("required", isRequired);
                });
            }
        });
    }

    private void Permissions(CustomFileWriter writer)
    {
        if (settings.ReadPermissions.Length + settings.WritePermissions.Length == 0)
            return;
        writer.WriteLine();
        writer.Values("permissions", [
            .. settings.WritePermissions.Select(permission => (NameOf(permission), "write")),
            .. settings.ReadPermissions.Except(settings.WritePermissions).Select(permission => (NameOf(permission), "read"))]);
    }

    private static void Concurrency(CustomFileWriter writer, string group, bool cancel, bool isRoot)
    {
        if (group is null)
            return;
        if (isRoot)
            writer.WriteLine();
        writer.Block("concurrency", () =>
        {
            writer.Value("group", group);
            writer.Value("cancel-in-progress", cancel ? true : null);
        });
    }

    private void Job(CustomFileWriter writer, string image) => writer.Block(image.Replace('.', '_'), () =>
    {
        writer.Value("name", image);
        writer.Value("runs-on", image);
        writer.Value("timeout-minutes", settings.TimeoutMinutes > 0 ? settings.TimeoutMinutes : null);
        Concurrency(writer, settings.JobConcurrencyGroup, settings.JobConcurrencyCancelInProgress, isRoot: false);
        if (settings.EnvironmentName is { } environment)
        {
            writer.Block("environment", () =>
            {
                writer.Value("name", environment);
                writer.Value("url", settings.EnvironmentUrl);
            });
        }

        writer.Block("steps", () => Steps(writer, image));
    });

    private void Steps(CustomFileWriter writer, string image)
    {
        Checkout(writer);
        if (settings.CacheIncludePatterns.Length > 0)
            Cache(writer);
        writer.Item($"name: {Yaml.Text($"Run: {string.Join(", ", settings.InvokedTargets)}")}", () =>
        {
            writer.Value("run", BuildCommand.For(image, settings.InvokedTargets));
            writer.Values("env", settings.Imports);
        });
        if (!settings.PublishArtifacts)
            return;
        foreach (var product in Product.Of(relevant, settings.Build.RootDirectory))
            Upload(writer, product, image);
    }

    private void Checkout(CustomFileWriter writer) => writer.Item("uses: actions/checkout@v4", () =>
    {
        var (submodules, depth, progress) = settings.Checkout;
        if (submodules is null && depth is null && progress is null && !settings.Lfs && settings.Filter is null)
            return;
        writer.Block("with", () =>
        {
            if (submodules is { } how)
                writer.WriteLine($"submodules: {how.ToString().ToLowerInvariant()}");
            writer.Value("lfs", settings.Lfs ? true : null);
            writer.Value("fetch-depth", depth);
            writer.Value("progress", progress);
            writer.Value("filter", settings.Filter);
        });
    });

    private void Cache(CustomFileWriter writer) => writer.Item($"name: {Yaml.Text($"Cache: {string.Join(", ", settings.CacheIncludePatterns)}")}", () =>
    {
        writer.WriteLine("uses: actions/cache@v4");
        writer.Block("with", () =>
        {
            writer.Lines("path", [.. settings.CacheIncludePatterns, .. settings.CacheExcludePatterns.Select(pattern => $"!{pattern}")]);
            var files = string.Join(", ", settings.CacheKeyFiles.Select(file => $"'{file}'"));
            writer.WriteLine($"key: ${{{{ runner.os }}}}-${{{{ hashFiles({files}) }}}}");
        });
    });

    private void Upload(CustomFileWriter writer, Product product, string image) => writer.Item($"name: {Yaml.Text($"Publish: {product.Name}")}", () =>
    {
        writer.Value("if", settings.PublishCondition);
        writer.WriteLine("uses: actions/upload-artifact@v4");
        writer.Block("with", () =>
        {
            writer.Value("name", settings.Images.Count() > 1 ? $"{product.Name}-{image}" : product.Name);
            writer.Value("path", product.Path);
        });
    });

    private static string NameOf(GitHubActionsPermissions permission) => permission switch
    {
        GitHubActionsPermissions.IdToken => "id-token",
        GitHubActionsPermissions.PullRequests => "pull-requests",
        GitHubActionsPermissions.RepositoryProjects => "repository-projects",
        GitHubActionsPermissions.SecurityEvents => "security-events",
        _ => permission.ToString().ToLowerInvariant(),
    };

    private static string NameOf(GitHubActionsImage image) => image switch
    {
        GitHubActionsImage.WindowsServer2022 => "windows-2022",
        GitHubActionsImage.WindowsServer2019 => "windows-2019",
        GitHubActionsImage.Ubuntu2404 => "ubuntu-24.04",
        GitHubActionsImage.Ubuntu2204 => "ubuntu-22.04",
        GitHubActionsImage.Ubuntu2004 => "ubuntu-20.04",
        GitHubActionsImage.Ubuntu1804 => "ubuntu-18.04",
        GitHubActionsImage.MacOs14 => "macos-14",
        GitHubActionsImage.MacOs12 => "macos-12",
        GitHubActionsImage.MacOs11 => "macos-11",
        GitHubActionsImage.MacOs1015 => "macos-10.15",
        GitHubActionsImage.WindowsLatest => "windows-latest",
        GitHubActionsImage.UbuntuLatest => "ubuntu-latest",
        GitHubActionsImage.MacOsLatest => "macos-latest",
        _ => "self-hosted",
    };
}
