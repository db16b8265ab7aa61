using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary><c>dotnet msbuild</c>. Runs targets of a project. Change with the setters of <see cref="DotNetMSBuildSettingsExtensions"/>.</summary>
[Command(Type = typeof(DotNetTasks), Command = nameof(DotNetTasks.DotNetMSBuild), Arguments = "msbuild")]
public class DotNetMSBuildSettings : ToolOptions
{
    [Argument(Format = "{value}", Position = 1)] public string TargetPath => Value<string>();
    [Argument(Format = "-binaryLogger:{value}")] public string BinaryLog => Value<string>();
    [Argument(Format = "-property:Configuration={value}")] public string Configuration => Value<string>();
    [Argument(Format = "-detailedSummary")] public bool? DetailedSummary => Value<bool?>();
    [Argument(Format = "-graphBuild")] public bool? GraphBuild => Value<bool?>();
    [Argument(Format = "-logger:{value}")] public IReadOnlyList<string> Loggers => Value<List<string>>();
    [Argument(Format = "-maxCpuCount:{value}")] public int? MaxCpuCount => Value<int?>();
    [Argument(Format = "-noConsoleLogger")] public bool? NoConsoleLogger => Value<bool?>();
    [Argument(Format = "-nodeReuse:{value}")] public bool? NodeReuse => Value<bool?>();
    [Argument(Format = "-nologo")] public bool? NoLogo => Value<bool?>();
    [Argument(Format = "-restore")] public bool? Restore => Value<bool?>();
    [Argument(Format = "-target:{value}", Separator = ";")] public IReadOnlyList<string> Targets => Value<List<string>>();
    [Argument(Format = "-verbosity:{value}")] public DotNetVerbosity Verbosity => Value<DotNetVerbosity>();
    [Argument(Format = "-property:{key}={value}", FormatterType = typeof(DotNetTasks), FormatterMethod = nameof(DotNetTasks.EscapeMSBuild))] public IReadOnlyDictionary<string, object> Properties => Value<Dictionary<string, object>>();
}
