using Nuke.Common;
using Nuke.Common.Git;
using Nuke.Common.IO;
using Nuke.Common.ProjectModel;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using Nuke.Common.Utilities;
using Nuke.Components;

namespace Users.Components;

/// <summary>A build made of the ready components, with the few things that are its own.</summary>
public class ComponentsBuild
    : NukeBuild,
        IHazChangelog,
        IHazGitRepository,
        IHazReports,
        ITest,
        IPack,
        IPublish,
        IHazArtifacts
{
    public static int Main() => Execute<ComponentsBuild>(x => ((IPack)x).Pack);

    [Solution] readonly Solution Solution;
    Solution IHazSolution.Solution => Solution;

    GitRepository GitRepository => From<IHazGitRepository>().GitRepository;

    [Parameter] [Secret] readonly string PublicNuGetApiKey;
    [Parameter] [Secret] readonly string FeedToken;

    bool IsOriginalRepository => GitRepository.Identifier == "acme/components";

    string IPublish.NuGetApiKey => IsOriginalRepository ? PublicNuGetApiKey : FeedToken;

    Target Clean => _ => _
        .Before<IRestore>()
        .Executes(() => From<IHazArtifacts>().ArtifactsDirectory.CreateOrCleanDirectory());

    public IEnumerable<Project> TestProjects => Solution.GetAllProjects("*.Tests");

    Configure<DotNetBuildSettings> ICompile.CompileSettings => _ => _
        .When(!ScheduledTargets.Contains(((IPublish)this).Publish), _ => _
            .ClearProperties());

    Configure<DotNetTestSettings, Project> ITest.TestProjectSettings => (_, v) => _
        .When(_ => v.Name.EndsWith("Integration.Tests"), _ => _
            .SetFilter("Category!=Slow"));

    Configure<DotNetPackSettings> IPack.PackSettings => _ => _
        .SetVersion("2.0.0")
        .EnableIncludeSymbols();

    Target ITest.Test => _ => _
        .Inherit<ITest>()
        .Partition(2);

    Target IPublish.Publish => _ => _
        .Inherit<IPublish>()
        .Consumes(From<IPack>().Pack)
        .Requires(() => IsOriginalRepository && GitRepository.IsOnMainBranch() || !IsOriginalRepository)
        .WhenSkipped(DependencyBehavior.Execute);

    T From<T>() where T : INukeBuild => (T)(object)this;
}
