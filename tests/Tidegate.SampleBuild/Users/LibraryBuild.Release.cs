using Nuke.Common;
using Nuke.Common.ChangeLog;
using Nuke.Common.Git;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.Tools.DotNet;
using static Nuke.Common.ChangeLog.ChangelogTasks;
using static Nuke.Common.Tools.DotNet.DotNetTasks;
using static Nuke.Common.Tools.Git.GitTasks;

namespace Users.Library;

/// <summary>The other half: what only releases run.</summary>
public partial class LibraryBuild
{
    [Parameter("NuGet API key")] [Secret] readonly string NuGetApiKey;
    [Parameter("NuGet source")] readonly string Source = "local";
    [Parameter] readonly string VersionPrefix = "1.0.0";
    [Parameter("Push even when the branch is none to release from")] readonly bool Force;

    string ChangelogFile => RootDirectory / "CHANGELOG.md";
    AbsolutePath PackagesDirectory => ArtifactsDirectory / "packages";
    IEnumerable<string> ChangelogSectionNotes => ExtractChangelogSectionNotes(ChangelogFile);

    Target Changelog => _ => _
        .OnlyWhenStatic(() => GitRepository.IsOnReleaseBranch() || GitRepository.IsOnHotfixBranch())
        .Executes(() =>
        {
            FinalizeChangelog(ChangelogFile, VersionPrefix, GitRepository);
            Git($"add {ChangelogFile}");
            Git($"commit -m {$"Finalize {VersionPrefix}"}");
        });

    Target Pack => _ => _
        .DependsOn(Compile)
        .After(Test)
        .Produces(PackagesDirectory / "*.nupkg", PackagesDirectory / "*.snupkg")
        .Executes(() =>
        {
            DotNetPack(_ => _
                .SetProject(Solution)
                .SetConfiguration(Configuration)
                .EnableNoBuild()
                .EnableIncludeSymbols()
                .SetSymbolPackageFormat(DotNetSymbolPackageFormat.snupkg)
                .SetVersion(VersionPrefix)
                .SetOutputDirectory(PackagesDirectory)
                .SetPackageReleaseNotes(GetNuGetReleaseNotes(ChangelogFile, GitRepository)));
        });

    Target Publish => _ => _
        .DependsOn(Test, Pack)
        .Consumes(Pack)
        .Requires(() => NuGetApiKey)
        .Requires(() => Configuration.Equals(Configuration.Release))
        .Requires(() => Force || GitRepository.IsOnMainOrMasterBranch())
        .Triggers(Announce)
        .Executes(() =>
        {
            DotNetNuGetPush(_ => _
                    .SetSource(Source)
                    .SetApiKey(NuGetApiKey)
                    .EnableSkipDuplicate()
                    .CombineWith(PackagesDirectory.GlobFiles("*.nupkg"), (_, v) => _
                        .SetTargetPath(v)),
                degreeOfParallelism: 5,
                completeOnFailure: true);
        });

    Target Announce => _ => _
        .Unlisted()
        .OnlyWhenDynamic(() => SucceededTargets.Contains(Publish))
        .ProceedAfterFailure()
        .Executes(() => ReportSummary(_ => _));
}
