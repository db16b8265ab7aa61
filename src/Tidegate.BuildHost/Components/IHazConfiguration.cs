using Nuke.Common;

namespace Nuke.Components;

public interface IHazConfiguration : INukeBuild
{
    /// <summary>Debug on a developer's machine, Release on a server.</summary>
    [Parameter("How code is compiled; Debug locally, Release on servers.")]
    Configuration Configuration => TryGetValue(() => Configuration) ?? (IsLocalBuild ? Configuration.Debug : Configuration.Release);
}
