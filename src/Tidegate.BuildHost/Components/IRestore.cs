using Nuke.Common;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;

namespace Nuke.Components;

public interface IRestore : IHazSolution
{
    [Parameter("Goes on when a package source does not answer.")]
    bool IgnoreFailedSources => TryGetValue<bool?>(() => IgnoreFailedSources) ?? false;

    Target Restore => _ => _
        .Description("Restores the packages.")
        .Executes(() => DotNetTasks.DotNetRestore(_ => _.Apply(RestoreSettingsBase).Apply(RestoreSettings)));

    sealed Configure<DotNetRestoreSettings> RestoreSettingsBase => _ => _
        .SetProjectFile(Solution)
        .SetIgnoreFailedSources(IgnoreFailedSources);

    Configure<DotNetRestoreSettings> RestoreSettings => _ => _;
}
