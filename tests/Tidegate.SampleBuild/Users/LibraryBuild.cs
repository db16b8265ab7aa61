using System.ComponentModel;
using Nuke.Common;
using Nuke.Common.CI;
using Nuke.Common.Execution;
using Nuke.Common.Git;
using Nuke.Common.IO;
using Nuke.Common.ProjectModel;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using Nuke.Common.Utilities.Collections;
using Serilog;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

namespace Users.Library;

/// <summary>The build that NUKE's own set-up writes, as it looks after a few years. One half: what everybody runs.</summary>
[UnsetVisualStudioEnvironmentVariables]
[ShutdownDotNetAfterServerBuild]
public partial class LibraryBuild : NukeBuild
{
    public static int Main() => Execute<LibraryBuild>(x => x.Compile);

    [Parameter("Configuration to build - Default is 'Debug' (local) or 'Release' (server)")]
    readonly Configuration Configuration = IsLocalBuild ? Configuration.Debug : Configuration.Release;

    [Solution("Library.slnx")] readonly Solution Solution;
    [GitRepository] readonly GitRepository GitRepository;
    [Partition(3)] readonly Partition TestPartition;

    AbsolutePath SourceDirectory => RootDirectory / "source";
    AbsolutePath TestsDirectory => RootDirectory / "tests";
    AbsolutePath ArtifactsDirectory => RootDirectory / "artifacts";

    Target Clean => _ => _
        .Before(Restore)
        .Executes(() =>
        {
            SourceDirectory.GlobDirectories("**/bin", "**/obj").ForEach(x => x.DeleteDirectory());
            TestsDirectory.GlobDirectories("**/bin", "**/obj").ForEach(x => x.DeleteDirectory());
            ArtifactsDirectory.CreateOrCleanDirectory();
        });

    Target Restore => _ => _
        .Executes(() =>
        {
            DotNetRestore(s => s
                .SetProjectFile(Solution));
        });

    Target Compile => _ => _
        .DependsOn(Restore)
        .Executes(() =>
        {
            DotNetBuild(s => s
                .SetProjectFile(Solution)
                .SetConfiguration(Configuration)
                .SetAssemblyVersion(VersionPrefix)
                .SetFileVersion(VersionPrefix)
                .SetInformationalVersion($"{VersionPrefix}+{GitRepository.Commit}")
                .EnableNoRestore());
        });

    IEnumerable<Project> TestProjects => TestPartition.GetCurrent(Solution.GetAllProjects("*.Tests"));

    Target Test => _ => _
        .DependsOn(Compile)
        .Produces(ArtifactsDirectory / "test-results" / "*.trx")
        .Partition(3)
        .Executes(() =>
        {
            DotNetTest(s => s
                    .SetConfiguration(Configuration)
                    .EnableNoBuild()
                    .SetResultsDirectory(ArtifactsDirectory / "test-results")
                    .CombineWith(TestProjects, (_, v) => _
                        .SetProjectFile(v)
                        .AddLoggers($"trx;LogFileName={v.Name}.trx")),
                degreeOfParallelism: 2,
                completeOnFailure: true);
        });

    protected override void OnBuildInitialized() => Log.Information("Branch {Branch}", GitRepository?.Branch);
}

[TypeConverter(typeof(TypeConverter<Configuration>))]
public class Configuration : Enumeration
{
    public static Configuration Debug = new Configuration { Value = nameof(Debug) };
    public static Configuration Release = new Configuration { Value = nameof(Release) };

    public static implicit operator string(Configuration configuration)
    {
        return configuration.Value;
    }
}
