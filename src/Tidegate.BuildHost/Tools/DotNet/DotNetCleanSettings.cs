using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary><c>dotnet clean</c>. Removes what a build made. Change with the setters of <see cref="DotNetCleanSettingsExtensions"/>.</summary>
[Command(Type = typeof(DotNetTasks), Command = nameof(DotNetTasks.DotNetClean), Arguments = "clean")]
public class DotNetCleanSettings : ToolOptions
{
    [Argument(Format = "{value}", Position = 1)] public string Project => Value<string>();
    [Argument(Format = "--configuration {value}")] public string Configuration => Value<string>();
    [Argument(Format = "--framework {value}")] public string Framework => Value<string>();
    [Argument(Format = "--runtime {value}")] public string Runtime => Value<string>();
    [Argument(Format = "--artifacts-path {value}")] public string ArtifactsPath => Value<string>();
    [Argument(Format = "--nologo")] public bool? NoLogo => Value<bool?>();
    [Argument(Format = "--output {value}")] public string Output => Value<string>();
    [Argument(Format = "--verbosity {value}")] public DotNetVerbosity Verbosity => Value<DotNetVerbosity>();
    [Argument(Format = "--property:{key}={value}", FormatterType = typeof(DotNetTasks), FormatterMethod = nameof(DotNetTasks.EscapeMSBuild))] public IReadOnlyDictionary<string, object> Properties => Value<Dictionary<string, object>>();
}
