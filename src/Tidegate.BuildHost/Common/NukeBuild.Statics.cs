using System.Linq.Expressions;
using Nuke.Common.CI;
using Nuke.Common.IO;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Logs;

namespace Nuke.Common;

public abstract partial class NukeBuild
{
    /// <summary>Runs the build and answers the exit code. Several default targets run in one plan.</summary>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
        where T : NukeBuild, new() =>
        BuildRunner.Run(BuildSession.FromProcess(typeof(T)), static () => new T(), defaultTargetExpressions);

    /// <summary>The nearest folder with <c>.nuke</c> above the build's assembly, else above the working directory; <c>--root</c> overrides.</summary>
    public static AbsolutePath RootDirectory => BuildSession.Current.RootDirectory;

    /// <summary><c>.nuke/temp</c>, made when first asked for.</summary>
    public static AbsolutePath TemporaryDirectory => (RootDirectory / ".nuke" / "temp").CreateDirectory();

    public static AbsolutePath BuildAssemblyFile => BuildSession.Current.BuildAssemblyFile;
    public static AbsolutePath BuildAssemblyDirectory => BuildAssemblyFile?.Parent;

    /// <summary>The project of the build, or null where only the compiled build is there.</summary>
    public static AbsolutePath BuildProjectFile => BuildSession.Current.BuildProjectFile;
    public static AbsolutePath BuildProjectDirectory => BuildProjectFile?.Parent;

    public static Verbosity Verbosity
    {
        get => BuildSession.Current.BuiltIns.Verbosity;
        set
        {
            BuildSession.Current.BuiltIns.Verbosity = value;
            BuildLog.SetLevel(value);
        }
    }

    public static Host Host
    {
        get => BuildSession.Current.Host;
        set => BuildSession.Current.Host = value;
    }

    public static string[] LoadedLocalProfiles => BuildSession.Current.BuiltIns.Profiles;

    public static bool IsServerBuild => Host is IBuildServer;
    public static bool IsLocalBuild => !IsServerBuild;

    protected internal virtual string NuGetPackagesConfigFile => BuildProjectDirectory is { } folder ? folder / "packages.config" : null;
    protected internal virtual string NuGetAssetsConfigFile => BuildProjectDirectory is { } folder ? folder / "obj" / "project.assets.json" : null;
    protected internal virtual string EmbeddedPackagesDirectory => BuildAssemblyDirectory;
    protected internal virtual AbsolutePath NpmPackageJsonFile => BuildProjectDirectory is { } folder ? folder / "package.json" : null;
}
