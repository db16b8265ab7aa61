namespace Nuke.Common.Tooling;

/// <summary>What is the same for every tool: where and how it is started, and what of it is logged.</summary>
public abstract class ToolOptions : Options
{
    /// <summary>Default: found by the tool's own rule, mostly on the PATH.</summary>
    public string ProcessToolPath => Value<string>();

    public string ProcessWorkingDirectory => Value<string>();

    /// <summary>All variables of the process. Default: those of the build.</summary>
    public IReadOnlyDictionary<string, string> ProcessEnvironmentVariables =>
        Value<IReadOnlyDictionary<string, string>>() ?? EnvironmentInfo.Variables;

    /// <summary>In milliseconds. Default: none.</summary>
    public int? ProcessExecutionTimeout => Value<int?>();

    /// <summary>Default: <see cref="ProcessTasks.DefaultLogOutput"/>.</summary>
    public bool? ProcessOutputLogging => Value<bool?>();

    /// <summary>Default: <see cref="ProcessTasks.DefaultLogInvocation"/>.</summary>
    public bool? ProcessInvocationLogging => Value<bool?>();

    /// <summary>False: any exit code is fine. Default: an exit code other than 0 throws.</summary>
    public bool? ProcessExitHandling => Value<bool?>();

    /// <summary>Texts hidden in the command line and the output.</summary>
    public IReadOnlyList<string> ProcessRedactedSecrets => Value<List<string>>();

    /// <summary>Added at the end of the command line, as they are.</summary>
    public IReadOnlyList<string> ProcessAdditionalArguments => Value<List<string>>();

    internal Action<OutputType, string> Logger { get; set; }

    internal Func<ToolOptions, IProcess, object> ExitHandler { get; set; }

    /// <summary>Whether variables were set, so that the process does not simply inherit ours.</summary>
    internal bool HasOwnEnvironment => Value<IReadOnlyDictionary<string, string>>(nameof(ProcessEnvironmentVariables)) is not null;
}
