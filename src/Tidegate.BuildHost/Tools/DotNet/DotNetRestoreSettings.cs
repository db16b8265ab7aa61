using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary><c>dotnet restore</c>. Restores the packages. Change with the setters of <see cref="DotNetRestoreSettingsExtensions"/>.</summary>
[Command(Type = typeof(DotNetTasks), Command = nameof(DotNetTasks.DotNetRestore), Arguments = "restore")]
public class DotNetRestoreSettings : ToolOptions
{
    [Argument(Format = "{value}", Position = 1)] public string ProjectFile => Value<string>();
    [Argument(Format = "--runtime {value}")] public string Runtime => Value<string>();
    [Argument(Format = "--configfile {value}")] public string ConfigFile => Value<string>();
    [Argument(Format = "--disable-parallel")] public bool? DisableParallel => Value<bool?>();
    [Argument(Format = "--force")] public bool? Force => Value<bool?>();
    [Argument(Format = "--force-evaluate")] public bool? ForceEvaluate => Value<bool?>();
    [Argument(Format = "--ignore-failed-sources")] public bool? IgnoreFailedSources => Value<bool?>();
    [Argument(Format = "--lock-file-path {value}")] public string LockFilePath => Value<string>();
    [Argument(Format = "--locked-mode")] public bool? LockedMode => Value<bool?>();
    [Argument(Format = "--no-cache")] public bool? NoCache => Value<bool?>();
    [Argument(Format = "--no-dependencies")] public bool? NoDependencies => Value<bool?>();
    [Argument(Format = "--packages {value}")] public string PackageDirectory => Value<string>();
    [Argument(Format = "--source {value}")] public IReadOnlyList<string> Sources => Value<List<string>>();
    [Argument(Format = "--use-lock-file")] public bool? UseLockFile => Value<bool?>();
    [Argument(Format = "--verbosity {value}")] public DotNetVerbosity Verbosity => Value<DotNetVerbosity>();
    [Argument(Format = "--property:{key}={value}", FormatterType = typeof(DotNetTasks), FormatterMethod = nameof(DotNetTasks.EscapeMSBuild))] public IReadOnlyDictionary<string, object> Properties => Value<Dictionary<string, object>>();
}
