using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;

namespace Nuke.Components;

public interface IPublish : IPack, ITest
{
    /// <summary>NUKE takes the public gallery when nobody says where; here somebody has to.</summary>
    [Parameter("Where packages are published: the address or the configured name of a source.")]
    string NuGetSource => TryGetValue(() => NuGetSource);

    [Parameter("The key for publishing.")]
    [Secret]
    string NuGetApiKey => TryGetValue(() => NuGetApiKey);

    Target Publish => _ => _
        .Description("Publishes the packages.")
        .DependsOn(Test, Pack)
        .Requires(() => NuGetSource)
        .Requires(() => NuGetApiKey)
        .Executes(() => DotNetTasks.DotNetNuGetPush(
            _ => _.Apply(PushSettingsBase).Apply(PushSettings).CombineWith(
                PushPackageFiles,
                (settings, package) => settings.SetTargetPath(package)).Apply(PackagePushSettings),
            PushDegreeOfParallelism,
            PushCompleteOnFailure));

    sealed Configure<DotNetNuGetPushSettings> PushSettingsBase => _ => _
        .SetSource(NuGetSource)
        .SetApiKey(NuGetApiKey);

    Configure<DotNetNuGetPushSettings> PushSettings => _ => _;

    /// <summary>Asked for each package.</summary>
    Configure<DotNetNuGetPushSettings> PackagePushSettings => _ => _;

    IEnumerable<AbsolutePath> PushPackageFiles => PackagesDirectory.GlobFiles("*.nupkg");

    /// <summary>Whether the others are still published when one fails. Default: yes.</summary>
    bool PushCompleteOnFailure => true;

    int PushDegreeOfParallelism => 5;
}
