using System.Diagnostics;
using System.Text;
using Nuke.Common.Utilities;
using Serilog;
using Serilog.Events;
using Tidegate.BuildHost.Logs;

namespace Nuke.Common.Tooling;

/// <summary>Starts programs. Their output is logged line by line: standard output at debug level, the error stream as errors.</summary>
public static class ProcessTasks
{
    public static bool DefaultLogOutput = true;
    public static bool DefaultLogInvocation = true;
    public static bool LogWorkingDirectory = true;
    public static string DefaultWorkingDirectory = EnvironmentInfo.WorkingDirectory;

    public static IProcess StartProcess(
        string toolPath, ArgumentStringHandler arguments, string workingDirectory = null, IReadOnlyDictionary<string, string> environmentVariables = null,
        int? timeout = null, bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string> logger = null) =>
        StartProcess(
            toolPath, arguments.ToStringAndClear(), workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, arguments.GetFilter());

    /// <param name="toolPath">A path, or a name on the PATH. A <c>.dll</c> is started with dotnet.</param>
    /// <param name="arguments">As one text; values with blanks need quotes.</param>
    /// <param name="workingDirectory">Default: <see cref="DefaultWorkingDirectory"/>.</param>
    /// <param name="environmentVariables">These and no others. Default: those of the build.</param>
    /// <param name="timeout">In milliseconds. Default: none.</param>
    /// <param name="logOutput">Default: <see cref="DefaultLogOutput"/>.</param>
    /// <param name="logInvocation">Default: <see cref="DefaultLogInvocation"/>.</param>
    /// <param name="logger">Takes each line. Default: <see cref="DefaultLogger"/>.</param>
    /// <param name="outputFilter">Changes what is shown, not what is kept.</param>
    public static IProcess StartProcess(
        string toolPath, string arguments = null, string workingDirectory = null, IReadOnlyDictionary<string, string> environmentVariables = null,
        int? timeout = null, bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string> logger = null, Func<string, string> outputFilter = null)
    {
        var tool = ToolPathResolver.Resolve(toolPath.NotNull());
        if (tool.EndsWithOrdinalIgnoreCase(".dll"))
        {
            arguments = $"{Argument.QuoteIfNeeded(tool)} {arguments}".TrimEnd();
            tool = ToolPathResolver.TryGetEnvironmentExecutable("DOTNET_EXE") ?? ToolPathResolver.GetPathExecutable("dotnet");
        }

        workingDirectory ??= DefaultWorkingDirectory;
        Assert.FileExists(tool);
        Assert.DirectoryExists(workingDirectory);
        outputFilter ??= static text => text;

        var start = new ProcessStartInfo(tool, arguments ?? string.Empty)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (environmentVariables != null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environmentVariables)
                start.Environment[name] = value;
        }

        if (logInvocation ?? DefaultLogInvocation)
            LogInvocation(start, outputFilter);
        return new RunningProcess(start, timeout, logOutput ?? DefaultLogOutput ? logger ?? DefaultLogger : null, outputFilter);
    }

    /// <summary>One text for bash, or for cmd on Windows. Never put a value from outside into it.</summary>
    public static IProcess StartShell(
        string command, string workingDirectory = null, IReadOnlyDictionary<string, string> environmentVariables = null, int? timeout = null,
        bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string> logger = null, Func<string, string> outputFilter = null) =>
        StartProcess(
            ToolPathResolver.GetPathExecutable(EnvironmentInfo.IsWin ? "cmd" : "bash"), $"{(EnvironmentInfo.IsWin ? "/c" : "-c")} {Argument.Quote(command)}",
            workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, outputFilter);

    public static void DefaultLogger(OutputType type, string output) =>
        ForeignOutput.Write(type == OutputType.Std ? LogEventLevel.Debug : LogEventLevel.Error, output);

    /// <summary>Warns of folders on the PATH that are not there.</summary>
    public static void CheckPathEnvironmentVariable()
    {
        foreach (var folder in EnvironmentInfo.Paths.Where(folder => !Directory.Exists(EnvironmentInfo.ExpandVariables(folder))))
            Log.Warning("The PATH names {Folder}, which is not there", folder);
    }

    private static void LogInvocation(ProcessStartInfo start, Func<string, string> filter)
    {
        Log.Information("> {Tool:l} {Arguments:l}", Argument.QuoteIfNeeded(start.FileName), filter(start.Arguments));
        if (LogWorkingDirectory)
            Log.Write(start.WorkingDirectory == DefaultWorkingDirectory ? LogEventLevel.Verbose : LogEventLevel.Information, "@ {Folder:l}", start.WorkingDirectory);
    }
}
