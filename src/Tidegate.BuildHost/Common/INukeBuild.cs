using System.Linq.Expressions;
using Nuke.Common.CI;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

namespace Nuke.Common;

/// <summary>What components see of a build. Only <see cref="NukeBuild"/> can implement it; interfaces may extend it freely.</summary>
public interface INukeBuild
{
    IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; }
    IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; }
    IReadOnlyCollection<ExecutableTarget> SkippedTargets { get; }
    IReadOnlyCollection<ExecutableTarget> ScheduledTargets { get; }
    IReadOnlyCollection<ExecutableTarget> RunningTargets { get; }
    IReadOnlyCollection<ExecutableTarget> AbortedTargets { get; }
    IReadOnlyCollection<ExecutableTarget> FailedTargets { get; }
    IReadOnlyCollection<ExecutableTarget> SucceededTargets { get; }
    IReadOnlyCollection<ExecutableTarget> FinishedTargets { get; }

    bool IsSucceeding { get; }
    bool IsFailing { get; }
    bool IsFinished { get; }

    /// <summary>What the process answers; null: 0 or 1 by the outcome, 130 or 143 after a signal.</summary>
    int? ExitCode { get; set; }

    AbsolutePath RootDirectory { get; }
    AbsolutePath TemporaryDirectory { get; }
    AbsolutePath BuildAssemblyFile { get; }
    AbsolutePath BuildAssemblyDirectory { get; }
    AbsolutePath BuildProjectFile { get; }
    AbsolutePath BuildProjectDirectory { get; }

    Verbosity Verbosity { get; }
    Host Host { get; }
    bool Plan { get; }
    bool Help { get; }
    bool NoLogo { get; }
    bool IsLocalBuild { get; }
    bool IsServerBuild { get; }
    bool Continue { get; }
    Partition Partition { get; }

    /// <summary>Adds notes to the running target's line in the summary.</summary>
    void ReportSummary(Configure<Dictionary<string, string>> configurator = null);

    /// <summary>The value of an injected member of an interface, or null. Looked up once per member.</summary>
    T TryGetValue<T>(Expression<Func<T>> parameterExpression) where T : class;

    /// <summary>The same for value types: <c>TryGetValue&lt;int?>(() => Level) ?? 1</c>.</summary>
    T TryGetValue<T>(Expression<Func<object>> parameterExpression);

    internal IReadOnlyCollection<ExecutableTarget> ExecutableTargets { get; }
}
