using Nuke.Common;
using Nuke.Common.Git;

namespace Nuke.Components;

public interface IHazGitRepository : INukeBuild
{
    [GitRepository]
    [Required]
    GitRepository GitRepository => TryGetValue(() => GitRepository);
}
