using Nuke.Common.CI;
using Nuke.Common.CI.AzurePipelines;
using Nuke.Common.Execution;
using Nuke.Common.Utilities;

namespace Tidegate.BuildHost.Configurations;

/// <summary>The YAML of a pipeline.</summary>
internal sealed class AzurePipeline(
    AzurePipelinesAttribute settings,
    IReadOnlyCollection<ExecutableTarget> relevant,
    Func<ExecutableTarget, IEnumerable<ExecutableTarget>> invoked,
    Func<ExecutableTarget, IEnumerable<ExecutableTarget>> before) : ConfigurationEntity
{
    public override void Write(CustomFileWriter writer)
    {
        BuildCommand.Origin(writer, "AzurePipelines", settings.Id);
        Trigger(writer);
        PullRequests(writer);
        if (settings.ImportVariableGroups.Length > 0)
        {
            writer.Block("variables", () =>
            {
                foreach (var group in settings.ImportVariableGroups)
                    writer.WriteLine($"- group: {Yaml.Text(group)}");
            });
            writer.WriteLine();
        }

        writer.Block("stages", () =>
        {
            foreach (var image in settings.Images)
                Stage(writer, NameOf(image));
        });
    }

    private void Trigger(CustomFileWriter writer)
    {
        var filters = new[] { settings.TriggerBranchesInclude, settings.TriggerBranchesExclude, settings.TriggerTagsInclude, settings.TriggerTagsExclude, settings.TriggerPathsInclude, settings.TriggerPathsExclude };
        if (settings.TriggerDisabled)
        {
            writer.WriteLine("trigger: none");
        }
        else if (settings.TriggerBatch || filters.Any(filter => filter.Length > 0))
        {
            writer.Block("trigger", () =>
            {
                writer.Value("batch", settings.TriggerBatch ? true : null);
                Filter(writer, "branches", filters[0], filters[1]);
                Filter(writer, "tags", filters[2], filters[3]);
                Filter(writer, "paths", filters[4], filters[5]);
            });
        }
        else
        {
            return;
        }

        writer.WriteLine();
    }

    private void PullRequests(CustomFileWriter writer)
    {
        var filters = new[] { settings.PullRequestsBranchesInclude, settings.PullRequestsBranchesExclude, settings.PullRequestsPathsInclude, settings.PullRequestsPathsExclude };
        if (settings.PullRequestsDisabled)
        {
            writer.WriteLine("pr: none");
        }
        else if (settings.PullRequestsAutoCancel is not null || filters.Any(filter => filter.Length > 0))
        {
            writer.Block("pr", () =>
            {
                writer.Value("autoCancel", settings.PullRequestsAutoCancel);
                Filter(writer, "branches", filters[0], filters[1]);
                Filter(writer, "paths", filters[2], filters[3]);
            });
        }
        else
        {
            return;
        }

        writer.WriteLine();
    }

    private static void Filter(CustomFileWriter writer, string name, string[] include, string[] exclude)
    {
        if (include.Length + exclude.Length == 0)
            return;
        writer.Block(name, () =>
        {
            writer.List("include", include);
            writer.List("exclude", exclude);
        });
    }

    private void Stage(CustomFileWriter writer, string image) => writer.Item($"stage: {Identifier(image)}", () =>
    {
        writer.Value("displayName", image);
        writer.WriteLine("dependsOn: []");
        writer.Block("pool", () => writer.Value("vmImage", image));
        writer.Block("jobs", () =>
        {
            foreach (var target in relevant.Where(target => !settings.IsWithoutJob(target)))
                Job(writer, target, image);
        });
    });

    private void Job(CustomFileWriter writer, ExecutableTarget target, string image) => writer.Item($"job: {Identifier(target.Name)}", () =>
    {
        writer.Value("displayName", target.Name);
        writer.List("dependsOn", [.. before(target).Select(other => Identifier(other.Name))]);
        if (target.PartitionSize is { } size)
            writer.Block("strategy", () => writer.Value("parallel", size));
        writer.Block("steps", () => Steps(writer, target, image));
    });

    private void Steps(CustomFileWriter writer, ExecutableTarget target, string image)
    {
        Checkout(writer);
        foreach (var path in settings.CachePaths)
            Cache(writer, path);
        var steps = invoked(target).ToArray();
        foreach (var product in Consumed(steps))
            Transfer(writer, "DownloadPipelineArtifact@2", "Download", product.Name, product, image);

        string[] partition = target.PartitionSize is null ? [] : ["--partition", "$(System.JobPositionInPhase)/$(System.TotalJobsInPhase)"];
        writer.Item($"script: {BuildCommand.For(image, [.. steps.Select(step => step.Name), "--skip", .. partition])}", () =>
        {
            writer.Value("displayName", $"Run: {string.Join(", ", steps.Select(step => step.Name))}");
            writer.Values("env", settings.Imports);
        });
        foreach (var product in Product.Of(steps, settings.Build.RootDirectory))
        {
            // Names are used once in a run.
            var name = target.PartitionSize is null ? product.Name : $"{product.Name}-$(System.JobPositionInPhase)";
            Transfer(writer, "PublishPipelineArtifact@1", "Publish", name, product, image);
        }
    }

    private IEnumerable<Product> Consumed(IEnumerable<ExecutableTarget> steps) => steps
        .SelectMany(step => step.ArtifactDependencies)
        .SelectMany(each => each)
        .Select(path => Product.Of(path, settings.Build.RootDirectory))
        .DistinctBy(product => product.Path);

    private void Checkout(CustomFileWriter writer)
    {
        var (clean, submodules, lfs, depth) = settings.Checkout;
        if (clean is null && submodules is null && lfs is null && depth is null)
            return;
        writer.Item("checkout: self", () =>
        {
            writer.Value("clean", clean);
            writer.Value("submodules", submodules);
            writer.Value("lfs", lfs);
            writer.Value("fetchDepth", depth);
        });
    }

    private void Cache(CustomFileWriter writer, string path) => writer.Item("task: Cache@2", () =>
    {
        writer.Value("displayName", $"Cache: {path}");
        writer.Block("inputs", () =>
        {
            writer.WriteLine($"key: {Yaml.Text($"$(Agent.OS) | {Identifier(path)} | {string.Join(" | ", settings.CacheKeyFiles)}")}");
            writer.Value("path", path.Replace("~", "$(HOME)", StringComparison.Ordinal));
        });
    });

    private void Transfer(CustomFileWriter writer, string task, string word, string name, Product product, string image) => writer.Item($"task: {task}", () =>
    {
        writer.Value("displayName", $"{word}: {product.Name}");
        writer.Block("inputs", () =>
        {
            writer.Value("artifactName", settings.Images.Count() > 1 ? $"{name}-{image}" : name);
            writer.Value("targetPath", product.Folder);
        });
    });

    private static string Identifier(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string NameOf(AzurePipelinesImage image) => image switch
    {
        AzurePipelinesImage.Windows2022 => "windows-2022",
        AzurePipelinesImage.Windows2019 => "windows-2019",
        AzurePipelinesImage.Ubuntu2204 => "ubuntu-22.04",
        AzurePipelinesImage.Ubuntu2004 => "ubuntu-20.04",
        AzurePipelinesImage.MacOs13 => "macOS-13",
        AzurePipelinesImage.MacOs12 => "macOS-12",
        AzurePipelinesImage.MacOs11 => "macOS-11",
        AzurePipelinesImage.WindowsLatest => "windows-latest",
        AzurePipelinesImage.UbuntuLatest => "ubuntu-latest",
        _ => "macOS-latest",
    };
}
