using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary><c>dotnet tool restore</c>. Brings the tools of the manifest. Change with the setters of <see cref="DotNetToolRestoreSettingsExtensions"/>.</summary>
[Command(Type = typeof(DotNetTasks), Command = nameof(DotNetTasks.DotNetToolRestore), Arguments = "tool restore")]
public class DotNetToolRestoreSettings : ToolOptions
{
    [Argument(Format = "--configfile {value}")] public string ConfigFile => Value<string>();
    [Argument(Format = "--disable-parallel")] public bool? DisableParallel => Value<bool?>();
    [Argument(Format = "--ignore-failed-sources")] public bool? IgnoreFailedSources => Value<bool?>();
    [Argument(Format = "--interactive")] public bool? Interactive => Value<bool?>();
    [Argument(Format = "--no-cache")] public bool? NoCache => Value<bool?>();
    [Argument(Format = "--source {value}")] public IReadOnlyList<string> Sources => Value<List<string>>();
    [Argument(Format = "--tool-manifest {value}")] public string ToolManifest => Value<string>();
}
