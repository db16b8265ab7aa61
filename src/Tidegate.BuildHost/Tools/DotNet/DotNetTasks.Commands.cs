using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

// Every command three times: with options, with a change to the default options, with several changed options.
public partial class DotNetTasks
{
    /// <summary><c>dotnet restore</c>. Restores the packages.</summary>
    public static IReadOnlyCollection<Output> DotNetRestore(DotNetRestoreSettings options = null) => new DotNetTasks().Run<DotNetRestoreSettings>(options);

    /// <inheritdoc cref="DotNetRestore(DotNetRestoreSettings)"/>
    public static IReadOnlyCollection<Output> DotNetRestore(Configure<DotNetRestoreSettings> configurator) => DotNetRestore(configurator(new DotNetRestoreSettings()));

    /// <inheritdoc cref="DotNetRestore(DotNetRestoreSettings)"/>
    public static IEnumerable<(DotNetRestoreSettings Settings, IReadOnlyCollection<Output> Output)> DotNetRestore(
        CombinatorialConfigure<DotNetRestoreSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetRestore, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet build</c>. Compiles.</summary>
    public static IReadOnlyCollection<Output> DotNetBuild(DotNetBuildSettings options = null) => new DotNetTasks().Run<DotNetBuildSettings>(options);

    /// <inheritdoc cref="DotNetBuild(DotNetBuildSettings)"/>
    public static IReadOnlyCollection<Output> DotNetBuild(Configure<DotNetBuildSettings> configurator) => DotNetBuild(configurator(new DotNetBuildSettings()));

    /// <inheritdoc cref="DotNetBuild(DotNetBuildSettings)"/>
    public static IEnumerable<(DotNetBuildSettings Settings, IReadOnlyCollection<Output> Output)> DotNetBuild(
        CombinatorialConfigure<DotNetBuildSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetBuild, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet clean</c>. Removes what a build made.</summary>
    public static IReadOnlyCollection<Output> DotNetClean(DotNetCleanSettings options = null) => new DotNetTasks().Run<DotNetCleanSettings>(options);

    /// <inheritdoc cref="DotNetClean(DotNetCleanSettings)"/>
    public static IReadOnlyCollection<Output> DotNetClean(Configure<DotNetCleanSettings> configurator) => DotNetClean(configurator(new DotNetCleanSettings()));

    /// <inheritdoc cref="DotNetClean(DotNetCleanSettings)"/>
    public static IEnumerable<(DotNetCleanSettings Settings, IReadOnlyCollection<Output> Output)> DotNetClean(
        CombinatorialConfigure<DotNetCleanSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetClean, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet test</c>. Runs tests.</summary>
    public static IReadOnlyCollection<Output> DotNetTest(DotNetTestSettings options = null) => new DotNetTasks().Run<DotNetTestSettings>(options);

    /// <inheritdoc cref="DotNetTest(DotNetTestSettings)"/>
    public static IReadOnlyCollection<Output> DotNetTest(Configure<DotNetTestSettings> configurator) => DotNetTest(configurator(new DotNetTestSettings()));

    /// <inheritdoc cref="DotNetTest(DotNetTestSettings)"/>
    public static IEnumerable<(DotNetTestSettings Settings, IReadOnlyCollection<Output> Output)> DotNetTest(
        CombinatorialConfigure<DotNetTestSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetTest, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet publish</c>. Makes what is to be deployed.</summary>
    public static IReadOnlyCollection<Output> DotNetPublish(DotNetPublishSettings options = null) => new DotNetTasks().Run<DotNetPublishSettings>(options);

    /// <inheritdoc cref="DotNetPublish(DotNetPublishSettings)"/>
    public static IReadOnlyCollection<Output> DotNetPublish(Configure<DotNetPublishSettings> configurator) => DotNetPublish(configurator(new DotNetPublishSettings()));

    /// <inheritdoc cref="DotNetPublish(DotNetPublishSettings)"/>
    public static IEnumerable<(DotNetPublishSettings Settings, IReadOnlyCollection<Output> Output)> DotNetPublish(
        CombinatorialConfigure<DotNetPublishSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetPublish, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet pack</c>. Makes packages.</summary>
    public static IReadOnlyCollection<Output> DotNetPack(DotNetPackSettings options = null) => new DotNetTasks().Run<DotNetPackSettings>(options);

    /// <inheritdoc cref="DotNetPack(DotNetPackSettings)"/>
    public static IReadOnlyCollection<Output> DotNetPack(Configure<DotNetPackSettings> configurator) => DotNetPack(configurator(new DotNetPackSettings()));

    /// <inheritdoc cref="DotNetPack(DotNetPackSettings)"/>
    public static IEnumerable<(DotNetPackSettings Settings, IReadOnlyCollection<Output> Output)> DotNetPack(
        CombinatorialConfigure<DotNetPackSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetPack, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet format</c>. Formats code, or checks that it is.</summary>
    public static IReadOnlyCollection<Output> DotNetFormat(DotNetFormatSettings options = null) => new DotNetTasks().Run<DotNetFormatSettings>(options);

    /// <inheritdoc cref="DotNetFormat(DotNetFormatSettings)"/>
    public static IReadOnlyCollection<Output> DotNetFormat(Configure<DotNetFormatSettings> configurator) => DotNetFormat(configurator(new DotNetFormatSettings()));

    /// <inheritdoc cref="DotNetFormat(DotNetFormatSettings)"/>
    public static IEnumerable<(DotNetFormatSettings Settings, IReadOnlyCollection<Output> Output)> DotNetFormat(
        CombinatorialConfigure<DotNetFormatSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetFormat, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet nuget push</c>. Publishes a package.</summary>
    public static IReadOnlyCollection<Output> DotNetNuGetPush(DotNetNuGetPushSettings options = null) => new DotNetTasks().Run<DotNetNuGetPushSettings>(options);

    /// <inheritdoc cref="DotNetNuGetPush(DotNetNuGetPushSettings)"/>
    public static IReadOnlyCollection<Output> DotNetNuGetPush(Configure<DotNetNuGetPushSettings> configurator) => DotNetNuGetPush(configurator(new DotNetNuGetPushSettings()));

    /// <inheritdoc cref="DotNetNuGetPush(DotNetNuGetPushSettings)"/>
    public static IEnumerable<(DotNetNuGetPushSettings Settings, IReadOnlyCollection<Output> Output)> DotNetNuGetPush(
        CombinatorialConfigure<DotNetNuGetPushSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetNuGetPush, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet tool restore</c>. Brings the tools of the manifest.</summary>
    public static IReadOnlyCollection<Output> DotNetToolRestore(DotNetToolRestoreSettings options = null) => new DotNetTasks().Run<DotNetToolRestoreSettings>(options);

    /// <inheritdoc cref="DotNetToolRestore(DotNetToolRestoreSettings)"/>
    public static IReadOnlyCollection<Output> DotNetToolRestore(Configure<DotNetToolRestoreSettings> configurator) => DotNetToolRestore(configurator(new DotNetToolRestoreSettings()));

    /// <inheritdoc cref="DotNetToolRestore(DotNetToolRestoreSettings)"/>
    public static IEnumerable<(DotNetToolRestoreSettings Settings, IReadOnlyCollection<Output> Output)> DotNetToolRestore(
        CombinatorialConfigure<DotNetToolRestoreSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetToolRestore, degreeOfParallelism, completeOnFailure);
}
