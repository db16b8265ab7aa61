using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary><c>dotnet publish</c>. Makes what is to be deployed. Change with the setters of <see cref="DotNetPublishSettingsExtensions"/>.</summary>
[Command(Type = typeof(DotNetTasks), Command = nameof(DotNetTasks.DotNetPublish), Arguments = "publish")]
public class DotNetPublishSettings : ToolOptions
{
    [Argument(Format = "{value}", Position = 1)] public string Project => Value<string>();
    [Argument(Format = "--configuration {value}")] public string Configuration => Value<string>();
    [Argument(Format = "--framework {value}")] public string Framework => Value<string>();
    [Argument(Format = "--runtime {value}")] public string Runtime => Value<string>();
    [Argument(Format = "--self-contained {value}")] public bool? SelfContained => Value<bool?>();
    [Argument(Format = "--arch {value}")] public string Architecture => Value<string>();
    [Argument(Format = "--os {value}")] public string OperatingSystem => Value<string>();
    [Argument(Format = "--artifacts-path {value}")] public string ArtifactsPath => Value<string>();
    [Argument(Format = "--disable-parallel")] public bool? DisableParallel => Value<bool?>();
    [Argument(Format = "--force")] public bool? Force => Value<bool?>();
    [Argument(Format = "--force-evaluate")] public bool? ForceEvaluate => Value<bool?>();
    [Argument(Format = "--ignore-failed-sources")] public bool? IgnoreFailedSources => Value<bool?>();
    [Argument(Format = "--lock-file-path {value}")] public string LockFilePath => Value<string>();
    [Argument(Format = "--locked-mode")] public bool? LockedMode => Value<bool?>();
    [Argument(Format = "--manifest {value}")] public string Manifest => Value<string>();
    [Argument(Format = "--no-build")] public bool? NoBuild => Value<bool?>();
    [Argument(Format = "--no-cache")] public bool? NoCache => Value<bool?>();
    [Argument(Format = "--no-dependencies")] public bool? NoDependencies => Value<bool?>();
    [Argument(Format = "--nologo")] public bool? NoLogo => Value<bool?>();
    [Argument(Format = "--no-restore")] public bool? NoRestore => Value<bool?>();
    [Argument(Format = "--output {value}")] public string Output => Value<string>();
    [Argument(Format = "--packages {value}")] public string PackageDirectory => Value<string>();
    [Argument(Format = "--source {value}")] public IReadOnlyList<string> Sources => Value<List<string>>();
    [Argument(Format = "-target:{value}")] public IReadOnlyList<string> Targets => Value<List<string>>();
    [Argument(Format = "--use-lock-file")] public bool? UseLockFile => Value<bool?>();
    [Argument(Format = "--verbosity {value}")] public DotNetVerbosity Verbosity => Value<DotNetVerbosity>();
    [Argument(Format = "--version-suffix {value}")] public string VersionSuffix => Value<string>();
    [Argument(Format = "--property:{key}={value}", FormatterType = typeof(DotNetTasks), FormatterMethod = nameof(DotNetTasks.EscapeMSBuild))] public IReadOnlyDictionary<string, object> Properties => Value<Dictionary<string, object>>();
}
