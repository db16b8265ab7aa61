using Nuke.Common;
using Nuke.Common.ProjectModel;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using Nuke.Common.Utilities;

namespace Nuke.Components;

public interface ICompile : IRestore, IHazConfiguration
{
    Target Compile => _ => _
        .Description("Compiles the solution.")
        .DependsOn(Restore)
        .WhenSkipped(DependencyBehavior.Skip)
        .Executes(() =>
        {
            DotNetTasks.DotNetBuild(_ => _.Apply(CompileSettingsBase).Apply(CompileSettings));
            DotNetTasks.DotNetPublish(
                _ => _.Apply(PublishSettingsBase).Apply(PublishSettings).CombineWith(
                    PublishConfigurations,
                    (settings, publish) => settings.SetProject(publish.Project).SetFramework(publish.Framework)),
                PublishDegreeOfParallelism);
        });

    sealed Configure<DotNetBuildSettings> CompileSettingsBase => _ => _
        .SetProjectFile(Solution)
        .SetConfiguration(Configuration)
        .When(IsServerBuild, settings => settings.EnableContinuousIntegrationBuild())
        .SetNoRestore(SucceededTargets.Contains(Restore))
        .WhenNotNull(this as IHazGitRepository, (settings, component) => settings.SetRepositoryUrl(component.GitRepository.HttpsUrl));

    sealed Configure<DotNetPublishSettings> PublishSettingsBase => _ => _
        .SetConfiguration(Configuration)
        .EnableNoBuild()
        .EnableNoLogo()
        .When(IsServerBuild, settings => settings.EnableContinuousIntegrationBuild())
        .WhenNotNull(this as IHazGitRepository, (settings, component) => settings.SetRepositoryUrl(component.GitRepository.HttpsUrl));

    Configure<DotNetBuildSettings> CompileSettings => _ => _;
    Configure<DotNetPublishSettings> PublishSettings => _ => _;

    /// <summary>What is published after compiling. Default: nothing.</summary>
    IEnumerable<(Project Project, string Framework)> PublishConfigurations => [];

    int PublishDegreeOfParallelism => 10;
}
