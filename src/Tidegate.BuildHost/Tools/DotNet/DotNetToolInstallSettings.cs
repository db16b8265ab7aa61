using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary><c>dotnet tool install</c>. Installs a tool. Change with the setters of <see cref="DotNetToolInstallSettingsExtensions"/>.</summary>
[Command(Type = typeof(DotNetTasks), Command = nameof(DotNetTasks.DotNetToolInstall), Arguments = "tool install")]
public class DotNetToolInstallSettings : ToolOptions
{
    [Argument(Format = "{value}", Position = 1)] public string PackageName => Value<string>();
    [Argument(Format = "--configfile {value}")] public string ConfigFile => Value<string>();
    [Argument(Format = "--framework {value}")] public string Framework => Value<string>();
    [Argument(Format = "--global")] public bool? Global => Value<bool?>();
    [Argument(Format = "--add-source {value}")] public IReadOnlyList<string> Sources => Value<List<string>>();
    [Argument(Format = "--tool-path {value}")] public string ToolInstallationPath => Value<string>();
    [Argument(Format = "--verbosity {value}")] public DotNetVerbosity Verbosity => Value<DotNetVerbosity>();
    [Argument(Format = "--version {value}")] public string Version => Value<string>();
}
