using System.Text;
using Nuke.Common.Tooling;
using Serilog.Events;

namespace Nuke.Common.Tools.DotNet;

/// <summary>The .NET command line. Warnings and errors of the compiler are logged as such.</summary>
[PathTool(Executable = PathExecutable)]
[LogLevelPattern(LogEventLevel.Warning, @"\bwarning [A-Z]+\d+\s*:")]
[LogLevelPattern(LogEventLevel.Error, @"\berror [A-Z]+\d+\s*:")]
public partial class DotNetTasks : ToolTasks, IRequirePathTool
{
    public const string PathExecutable = "dotnet";

    private static string _path;

    /// <summary>The dotnet that runs this build comes before the one on the PATH.</summary>
    public DotNetTasks() =>
        SetToolPath(_path ?? (EnvironmentInfo.GetVariable("DOTNET_HOST_PATH") is { Length: > 0 } running && File.Exists(running) ? running : null));

    public static string DotNetPath
    {
        get => new DotNetTasks().GetToolPathInternal();
        set => _path = value;
    }

    public static IReadOnlyCollection<Output> DotNet(
        ArgumentStringHandler arguments, string workingDirectory = null, IReadOnlyDictionary<string, string> environmentVariables = null,
        int? timeout = null, bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string> logger = null, Func<IProcess, object> exitHandler = null) =>
        new DotNetTasks().Run(arguments, workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, exitHandler);

    /// <summary>Letters that MSBuild would read as the end of a property's value.</summary>
    public static string EscapeMSBuild(string str)
    {
        var escaped = new StringBuilder(str.Length);
        foreach (var letter in str)
            escaped.Append(letter is '%' or ';' or ',' ? $"%{(int)letter:X2}" : letter.ToString());
        return escaped.ToString();
    }
}
