using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary><c>dotnet nuget add source</c>. Adds a package source. Change with the setters of <see cref="DotNetNuGetAddSourceSettingsExtensions"/>.</summary>
[Command(Type = typeof(DotNetTasks), Command = nameof(DotNetTasks.DotNetNuGetAddSource), Arguments = "nuget add source")]
public class DotNetNuGetAddSourceSettings : ToolOptions
{
    [Argument(Format = "{value}", Position = 1)] public string Source => Value<string>();
    [Argument(Format = "--configfile {value}")] public string ConfigFile => Value<string>();
    [Argument(Format = "--name {value}")] public string Name => Value<string>();
    [Argument(Format = "--password {value}", Secret = true)] public string Password => Value<string>();
    [Argument(Format = "--store-password-in-clear-text")] public bool? StorePasswordInClearText => Value<bool?>();
    [Argument(Format = "--username {value}")] public string Username => Value<string>();
}
