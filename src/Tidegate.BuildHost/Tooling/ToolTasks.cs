using System.Reflection;
using System.Text.RegularExpressions;
using Nuke.Common.Utilities;
using Serilog.Events;
using Tidegate.BuildHost.Logs;

namespace Nuke.Common.Tooling;

/// <summary>A tool: from options to a process, its log and its result.</summary>
public abstract class ToolTasks
{
    private string _toolPath;

    public static T Resolve<T>() where T : ToolTasks => Activator.CreateInstance<T>();

    protected void SetToolPath(string path) => _toolPath = path;

    protected internal string GetToolPathInternal(ToolOptions options = null) => options?.ProcessToolPath ?? _toolPath ?? GetToolPath(options);

    protected virtual string GetToolPath(ToolOptions options = null) => GetType().GetCustomAttribute<ToolAttribute>() is PathToolAttribute path
        ? ToolPathResolver.TryGetEnvironmentExecutable($"{path.Executable.ToUpperInvariant()}_EXE") ?? ToolPathResolver.GetPathExecutable(path.Executable)
        : throw new NotSupportedException($"'{GetType().Name}' does not say where its program lies: override GetToolPath, or set the tool path.");

    protected virtual IReadOnlyCollection<Output> Run<T>(T options = null) where T : ToolOptions, new()
    {
        options = PreProcess(options ?? new T());
        var secrets = ToolArguments.SecretsOf(options).ToArray();
        SecretMask.Shared.AddAll(secrets);

        using var process = ProcessTasks.StartProcess(
            GetToolPathInternal(options),
            ToolArguments.Of(options).JoinSpace(),
            options.ProcessWorkingDirectory,
            options.HasOwnEnvironment ? options.ProcessEnvironmentVariables : null,
            options.ProcessExecutionTimeout,
            options.ProcessOutputLogging,
            options.ProcessInvocationLogging,
            options.Logger ?? GetLogger(options),
            text => secrets.Aggregate(text, static (current, secret) => current.Replace(secret, ArgumentStringHandler.Redacted, StringComparison.Ordinal)));

        process.AssertWaitForExit();
        if (options.ProcessExitHandling != false)
            (options.ExitHandler ?? GetExitHandler(options)).Invoke(options, process);
        PostProcess(options);
        return process.Output;
    }

    protected virtual (TResult Result, IReadOnlyCollection<Output> Output) Run<TOptions, TResult>(TOptions options = null)
        where TOptions : ToolOptions, new()
    {
        var output = Run(options);
        return ((TResult)GetResult<TResult>(options, output), output);
    }

    protected IReadOnlyCollection<Output> Run(
        ArgumentStringHandler arguments, string workingDirectory = null, IReadOnlyDictionary<string, string> environmentVariables = null,
        int? timeout = null, bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string> logger = null, Func<IProcess, object> exitHandler = null)
    {
        using var process = StartProcess(
            arguments.ToStringAndClear(), workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger ?? GetLogger(), arguments.GetFilter());
        process.AssertWaitForExit();
        if (exitHandler is null)
            GetExitHandler().Invoke(null, process);
        else
            exitHandler(process);
        return process.Output;
    }

    protected virtual IProcess StartProcess(
        string arguments, string workingDirectory, IReadOnlyDictionary<string, string> environmentVariables, int? executionTimeout,
        bool? outputLogging, bool? invocationLogging, Action<OutputType, string> logger, Func<string, string> outputFilter = null) =>
        ProcessTasks.StartProcess(
            GetToolPathInternal(), arguments, workingDirectory, environmentVariables, executionTimeout, outputLogging, invocationLogging, logger, outputFilter);

    protected virtual T PreProcess<T>(T options) where T : ToolOptions => options;

    protected virtual void PostProcess(ToolOptions options) { }

    protected virtual Func<ToolOptions, IProcess, object> GetExitHandler(ToolOptions options = null) => static (_, process) => process.AssertZeroExitCode();

    protected virtual object GetResult<T>(ToolOptions options, IReadOnlyCollection<Output> output) =>
        throw new NotSupportedException($"'{GetType().Name}' does not say how a '{typeof(T).Name}' is read from its output: override GetResult.");

    /// <summary>By the patterns of <see cref="LogLevelPattern"/>, else by stream.</summary>
    protected internal virtual Action<OutputType, string> GetLogger(ToolOptions options = null)
    {
        var patterns = GetType().GetCustomAttributes<LogLevelPattern>().Select(each => (each.Level, Pattern: new Regex(each.Pattern))).ToArray();
        var errors = GetType().IsDefined(typeof(LogErrorAsStandard)) ? LogEventLevel.Debug : LogEventLevel.Error;
        return (type, text) =>
        {
            var level = type == OutputType.Std ? LogEventLevel.Debug : errors;
            foreach (var (candidate, pattern) in patterns)
            {
                if (candidate > level && pattern.IsMatch(text))
                    level = candidate;
            }

            ForeignOutput.Write(level, text);
        };
    }
}
