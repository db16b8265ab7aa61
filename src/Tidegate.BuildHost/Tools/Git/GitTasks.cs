using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.Git;

/// <summary>git: <c>Git($"tag {version}")</c>.</summary>
[PathTool(Executable = PathExecutable)]
[LogErrorAsStandard]
public class GitTasks : ToolTasks, IRequirePathTool
{
    public const string PathExecutable = "git";

    private static string _path;

    public GitTasks() => SetToolPath(_path);

    public static string GitPath
    {
        get => new GitTasks().GetToolPathInternal();
        set => _path = value;
    }

    public static IReadOnlyCollection<Output> Git(
        ArgumentStringHandler arguments, string workingDirectory = null, IReadOnlyDictionary<string, string> environmentVariables = null,
        int? timeout = null, bool? logOutput = null, bool? logInvocation = null, Action<OutputType, string> logger = null, Func<IProcess, object> exitHandler = null) =>
        new GitTasks().Run(arguments, workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, exitHandler);

    public static bool GitHasCleanWorkingCopy() => GitHasCleanWorkingCopy(null);
    public static bool GitHasCleanWorkingCopy(string workingDirectory) => Ask($"status --short", workingDirectory).Length == 0;

    public static string GitCurrentBranch() => GitCurrentBranch(null);
    public static string GitCurrentBranch(string workingDirectory) => Ask($"rev-parse --abbrev-ref HEAD", workingDirectory);

    public static string GitCurrentCommit() => GitCurrentCommit(null);
    public static string GitCurrentCommit(string workingDirectory) => Ask($"rev-parse HEAD", workingDirectory);

    public static bool GitIsDetached() => GitIsDetached(null);
    public static bool GitIsDetached(string workingDirectory) => GitCurrentBranch(workingDirectory) == "HEAD";

    private static string Ask(ArgumentStringHandler arguments, string workingDirectory) =>
        Git(arguments, workingDirectory, logOutput: false, logInvocation: false).StdToText();
}
