using System.Linq.Expressions;
using Nuke.Common.CI;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Tidegate.BuildHost.Execution;

namespace Nuke.Common;

/// <summary>The base class of every build: <c>class Build : NukeBuild { public static int Main() => Execute&lt;Build>(x => x.Compile); }</c></summary>
public abstract partial class NukeBuild : INukeBuild
{
    private BuildSession _session;

    internal BuildSession Session
    {
        get => _session ??= BuildSession.Current;
        set => _session = value;
    }

    internal IReadOnlyCollection<ExecutableTarget> ExecutableTargets { get; set; } = [];

    IReadOnlyCollection<ExecutableTarget> INukeBuild.ExecutableTargets => ExecutableTargets;

    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; set; } = [];

    /// <summary>Those named on the command line; empty when the default target runs.</summary>
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. ExecutableTargets.Where(target => target.Invoked)];

    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => With(ExecutionStatus.Skipped);
    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => With(ExecutionStatus.Scheduled);
    public IReadOnlyCollection<ExecutableTarget> RunningTargets => With(ExecutionStatus.Running);
    public IReadOnlyCollection<ExecutableTarget> AbortedTargets => With(ExecutionStatus.Aborted);
    public IReadOnlyCollection<ExecutableTarget> FailedTargets => With(ExecutionStatus.Failed);
    public IReadOnlyCollection<ExecutableTarget> SucceededTargets => With(ExecutionStatus.Succeeded);

    public IReadOnlyCollection<ExecutableTarget> FinishedTargets =>
        With(ExecutionStatus.Succeeded, ExecutionStatus.Failed, ExecutionStatus.Aborted, ExecutionStatus.Skipped, ExecutionStatus.NotRun);

    public bool IsFailing => With(ExecutionStatus.Failed, ExecutionStatus.Aborted, ExecutionStatus.NotRun).Count > 0;
    public bool IsSucceeding => !IsFailing;
    public bool IsFinished => With(ExecutionStatus.Scheduled, ExecutionStatus.Running).Count == 0;

    public int? ExitCode { get; set; }

    public bool Plan => Session.BuiltIns.Plan;
    public bool Help => Session.BuiltIns.Help;
    public bool Continue => Session.BuiltIns.Continue;
    public Partition Partition => Session.BuiltIns.Partition;

    public bool NoLogo
    {
        get => Session.BuiltIns.NoLogo;
        set => Session.BuiltIns.NoLogo = value;
    }

    AbsolutePath INukeBuild.RootDirectory => RootDirectory;
    AbsolutePath INukeBuild.TemporaryDirectory => TemporaryDirectory;
    AbsolutePath INukeBuild.BuildAssemblyFile => BuildAssemblyFile;
    AbsolutePath INukeBuild.BuildAssemblyDirectory => BuildAssemblyDirectory;
    AbsolutePath INukeBuild.BuildProjectFile => BuildProjectFile;
    AbsolutePath INukeBuild.BuildProjectDirectory => BuildProjectDirectory;
    Verbosity INukeBuild.Verbosity => Verbosity;
    Host INukeBuild.Host => Host;
    bool INukeBuild.IsLocalBuild => IsLocalBuild;
    bool INukeBuild.IsServerBuild => IsServerBuild;

    T INukeBuild.TryGetValue<T>(Expression<Func<T>> parameterExpression) => Session.Injection.Lazily<T>(parameterExpression, this);
    T INukeBuild.TryGetValue<T>(Expression<Func<object>> parameterExpression) => Session.Injection.Lazily<T>(parameterExpression, this);

    public void ReportSummary(Configure<Dictionary<string, string>> configurator = null)
    {
        var running = RunningTarget.Current
            ?? ExecutionPlan.LastOrDefault(target => target.Status == ExecutionStatus.Running)
            ?? throw new InvalidOperationException("ReportSummary belongs into a running target.");
        foreach (var (key, value) in configurator.InvokeSafe([]))
            running.SummaryInformation[key] = value;
        foreach (var extension in Session.Extensions.OfType<IOnTargetSummaryUpdated>())
            extension.OnTargetSummaryUpdated(this, running);
    }

    /// <summary>Parameters are there, nothing is planned yet.</summary>
    protected internal virtual void OnBuildCreated() { }

    /// <summary>All values are there and the plan is made; nothing has run.</summary>
    protected internal virtual void OnBuildInitialized() { }

    /// <summary>The last word; <see cref="ExitCode"/> is set.</summary>
    protected internal virtual void OnBuildFinished() { }

    protected internal virtual void OnTargetRunning(string target) { }
    protected internal virtual void OnTargetSkipped(string target) { }
    protected internal virtual void OnTargetSucceeded(string target) { }
    protected internal virtual void OnTargetFailed(string target) { }

    private List<ExecutableTarget> With(params ReadOnlySpan<ExecutionStatus> statuses)
    {
        var found = new List<ExecutableTarget>();
        foreach (var target in ExecutionPlan)
        {
            if (statuses.Contains(target.Status))
                found.Add(target);
        }

        return found;
    }
}
