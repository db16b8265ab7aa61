using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

// The same for the commands that fewer builds use.
public partial class DotNetTasks
{
    /// <summary><c>dotnet msbuild</c>. Runs targets of a project.</summary>
    public static IReadOnlyCollection<Output> DotNetMSBuild(DotNetMSBuildSettings options = null) => new DotNetTasks().Run<DotNetMSBuildSettings>(options);

    /// <inheritdoc cref="DotNetMSBuild(DotNetMSBuildSettings)"/>
    public static IReadOnlyCollection<Output> DotNetMSBuild(Configure<DotNetMSBuildSettings> configurator) => DotNetMSBuild(configurator(new DotNetMSBuildSettings()));

    /// <inheritdoc cref="DotNetMSBuild(DotNetMSBuildSettings)"/>
    public static IEnumerable<(DotNetMSBuildSettings Settings, IReadOnlyCollection<Output> Output)> DotNetMSBuild(
        CombinatorialConfigure<DotNetMSBuildSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetMSBuild, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet run</c>. Starts a project.</summary>
    public static IReadOnlyCollection<Output> DotNetRun(DotNetRunSettings options = null) => new DotNetTasks().Run<DotNetRunSettings>(options);

    /// <inheritdoc cref="DotNetRun(DotNetRunSettings)"/>
    public static IReadOnlyCollection<Output> DotNetRun(Configure<DotNetRunSettings> configurator) => DotNetRun(configurator(new DotNetRunSettings()));

    /// <inheritdoc cref="DotNetRun(DotNetRunSettings)"/>
    public static IEnumerable<(DotNetRunSettings Settings, IReadOnlyCollection<Output> Output)> DotNetRun(
        CombinatorialConfigure<DotNetRunSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetRun, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet tool install</c>. Installs a tool.</summary>
    public static IReadOnlyCollection<Output> DotNetToolInstall(DotNetToolInstallSettings options = null) => new DotNetTasks().Run<DotNetToolInstallSettings>(options);

    /// <inheritdoc cref="DotNetToolInstall(DotNetToolInstallSettings)"/>
    public static IReadOnlyCollection<Output> DotNetToolInstall(Configure<DotNetToolInstallSettings> configurator) => DotNetToolInstall(configurator(new DotNetToolInstallSettings()));

    /// <inheritdoc cref="DotNetToolInstall(DotNetToolInstallSettings)"/>
    public static IEnumerable<(DotNetToolInstallSettings Settings, IReadOnlyCollection<Output> Output)> DotNetToolInstall(
        CombinatorialConfigure<DotNetToolInstallSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetToolInstall, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet tool update</c>. Brings a tool to its newest version.</summary>
    public static IReadOnlyCollection<Output> DotNetToolUpdate(DotNetToolUpdateSettings options = null) => new DotNetTasks().Run<DotNetToolUpdateSettings>(options);

    /// <inheritdoc cref="DotNetToolUpdate(DotNetToolUpdateSettings)"/>
    public static IReadOnlyCollection<Output> DotNetToolUpdate(Configure<DotNetToolUpdateSettings> configurator) => DotNetToolUpdate(configurator(new DotNetToolUpdateSettings()));

    /// <inheritdoc cref="DotNetToolUpdate(DotNetToolUpdateSettings)"/>
    public static IEnumerable<(DotNetToolUpdateSettings Settings, IReadOnlyCollection<Output> Output)> DotNetToolUpdate(
        CombinatorialConfigure<DotNetToolUpdateSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetToolUpdate, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet tool uninstall</c>. Removes a tool.</summary>
    public static IReadOnlyCollection<Output> DotNetToolUninstall(DotNetToolUninstallSettings options = null) => new DotNetTasks().Run<DotNetToolUninstallSettings>(options);

    /// <inheritdoc cref="DotNetToolUninstall(DotNetToolUninstallSettings)"/>
    public static IReadOnlyCollection<Output> DotNetToolUninstall(Configure<DotNetToolUninstallSettings> configurator) => DotNetToolUninstall(configurator(new DotNetToolUninstallSettings()));

    /// <inheritdoc cref="DotNetToolUninstall(DotNetToolUninstallSettings)"/>
    public static IEnumerable<(DotNetToolUninstallSettings Settings, IReadOnlyCollection<Output> Output)> DotNetToolUninstall(
        CombinatorialConfigure<DotNetToolUninstallSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetToolUninstall, degreeOfParallelism, completeOnFailure);

    /// <summary><c>dotnet nuget add source</c>. Adds a package source.</summary>
    public static IReadOnlyCollection<Output> DotNetNuGetAddSource(DotNetNuGetAddSourceSettings options = null) => new DotNetTasks().Run<DotNetNuGetAddSourceSettings>(options);

    /// <inheritdoc cref="DotNetNuGetAddSource(DotNetNuGetAddSourceSettings)"/>
    public static IReadOnlyCollection<Output> DotNetNuGetAddSource(Configure<DotNetNuGetAddSourceSettings> configurator) => DotNetNuGetAddSource(configurator(new DotNetNuGetAddSourceSettings()));

    /// <inheritdoc cref="DotNetNuGetAddSource(DotNetNuGetAddSourceSettings)"/>
    public static IEnumerable<(DotNetNuGetAddSourceSettings Settings, IReadOnlyCollection<Output> Output)> DotNetNuGetAddSource(
        CombinatorialConfigure<DotNetNuGetAddSourceSettings> configurator, int degreeOfParallelism = 1, bool completeOnFailure = false) =>
        configurator.Invoke(DotNetNuGetAddSource, degreeOfParallelism, completeOnFailure);
}
