using Nuke.Common;
using Nuke.Common.ChangeLog;

namespace Nuke.Components;

public interface IHazChangelog : INukeBuild
{
    string ChangelogFile => RootDirectory / "CHANGELOG.md";

    /// <summary>The notes of the newest section, as a package takes them.</summary>
    string NuGetReleaseNotes => ChangelogTasks.GetNuGetReleaseNotes(ChangelogFile, (this as IHazGitRepository)?.GitRepository);
}
