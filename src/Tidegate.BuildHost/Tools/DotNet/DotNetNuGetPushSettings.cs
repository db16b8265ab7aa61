using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary><c>dotnet nuget push</c>. Publishes a package. Change with the setters of <see cref="DotNetNuGetPushSettingsExtensions"/>.</summary>
[Command(Type = typeof(DotNetTasks), Command = nameof(DotNetTasks.DotNetNuGetPush), Arguments = "nuget push")]
public class DotNetNuGetPushSettings : ToolOptions
{
    [Argument(Format = "{value}", Position = 1)] public string TargetPath => Value<string>();
    [Argument(Format = "--api-key {value}", Secret = true)] public string ApiKey => Value<string>();
    [Argument(Format = "--disable-buffering")] public bool? DisableBuffering => Value<bool?>();
    [Argument(Format = "--force-english-output")] public bool? ForceEnglishOutput => Value<bool?>();
    [Argument(Format = "--no-service-endpoint")] public bool? NoServiceEndpoint => Value<bool?>();
    [Argument(Format = "--no-symbols")] public bool? NoSymbols => Value<bool?>();
    [Argument(Format = "--skip-duplicate")] public bool? SkipDuplicate => Value<bool?>();
    [Argument(Format = "--source {value}")] public string Source => Value<string>();
    [Argument(Format = "--symbol-api-key {value}", Secret = true)] public string SymbolApiKey => Value<string>();
    [Argument(Format = "--symbol-source {value}")] public string SymbolSource => Value<string>();
    [Argument(Format = "--timeout {value}")] public int? Timeout => Value<int?>();
}
