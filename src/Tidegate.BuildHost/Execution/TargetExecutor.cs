using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.Tooling;
using Nuke.Common.Utilities;
using Serilog;
using Tidegate.BuildHost.Logs;

namespace Tidegate.BuildHost.Execution;

/// <summary>
/// Runs the plan, one target after the other or, on request, independent ones side by side. After a failure or a signal only assured
/// targets are begun. Statuses are decided in one thread, in the order of the plan.
/// </summary>
internal sealed class TargetExecutor(NukeBuild build, StopRequest stop)
{
    private readonly Lock _telling = new();
    private volatile bool _failed;

    // A handler of the build that ends the running target comes before ours, which is called last: give it the moment it needs.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(5);

    public void Run()
    {
        if (build.Session.BuiltIns.Parallel is { } most && most > 1)
            RunSideBySide(most);
        else
            RunInTurn();
    }

    private void RunInTurn()
    {
        foreach (var target in build.ExecutionPlan)
        {
            if (!IsToRun(target))
                continue;
            Execute(target);
            if (target != build.ExecutionPlan.Last())
                stop.Received.WaitOne(Settling);
        }
    }

    private void RunSideBySide(int most)
    {
        var before = Precedence.In(build.ExecutionPlan);
        var waiting = new List<ExecutableTarget>(build.ExecutionPlan);
        var open = build.ExecutionPlan.ToHashSet();
        var running = 0;
        using var ended = new BlockingCollection<(ExecutableTarget Target, ExceptionDispatchInfo Defect)>();
        while (open.Count > 0)
        {
            if (running < most && waiting.Find(target => !before[target].Any(open.Contains)) is { } next)
            {
                waiting.Remove(next);
                if (IsToRun(next))
                {
                    running++;
                    Start(next, ended);
                }
                else
                {
                    open.Remove(next);
                }

                continue;
            }

            var (done, defect) = ended.Take();
            defect?.Throw();
            running--;
            open.Remove(done);
            stop.Received.WaitOne(Settling);
        }
    }

    private void Start(ExecutableTarget target, BlockingCollection<(ExecutableTarget Target, ExceptionDispatchInfo Defect)> ended) =>
        new Thread(() =>
        {
            ExceptionDispatchInfo defect = null;
            try
            {
                using var lane = OutputLane.Begin();
                Execute(target);
            }
            catch (Exception exception)
            {
                defect = ExceptionDispatchInfo.Capture(exception);
            }

            ended.Add((target, defect));
        })
        { IsBackground = true, Name = $"turn of {target.Name}" }.Start();

    /// <summary>Decides what becomes of a target whose turn it is.</summary>
    private bool IsToRun(ExecutableTarget target)
    {
        if (target.Status == ExecutionStatus.Scheduled && (_failed || stop.IsReceived) && !target.AssuredAfterFailure)
            target.Status = ExecutionStatus.NotRun;
        if (target.Status == ExecutionStatus.Scheduled)
            SkipByCondition(target);
        if (target.Status == ExecutionStatus.Skipped)
            TellSkipped(target);
        if (target.Status != ExecutionStatus.Scheduled)
            return false;
        target.Status = target.Actions.Count == 0 ? ExecutionStatus.Collective : ExecutionStatus.Running;
        return target.Status == ExecutionStatus.Running;
    }

    private void SkipByCondition(ExecutableTarget target)
    {
        try
        {
            if (Skipping.FirstFalse(target.DynamicConditions) is { } condition)
                Skipping.ByCondition(build.ExecutionPlan, target, condition);
        }
        catch (Exception exception)
        {
            target.Status = ExecutionStatus.NotRun;
            Note(target, exception.Unwrap());
            Log.Error("The condition of {Target:l} fails: {Reason:l}", target.Name, exception.Unwrap().Message);
            _failed = true;
        }
    }

    private void Execute(ExecutableTarget target)
    {
        using var block = build.Session.Shows(DefaultOutput.TargetHeader) ? NukeBuild.Host.WriteBlock(target.Name) : null;
        RunningTarget.Current = target;
        try
        {
            Tell<IOnTargetRunning>(extension => extension.OnTargetRunning(target), () => build.OnTargetRunning(target.Name));

            var started = TimeProvider.System.GetTimestamp();
            target.Began = TimeProvider.System.GetElapsedTime(build.Session.Started, started);
            var failure = TargetWork.Run(() => target.Actions.ForEach(action => action()), stop);
            target.Duration = TimeProvider.System.GetElapsedTime(started);
            Conclude(target, failure);
        }
        finally
        {
            RunningTarget.Current = null;
        }
    }

    private void Conclude(ExecutableTarget target, Exception failure)
    {
        if (failure is null)
        {
            target.Status = ExecutionStatus.Succeeded;
            build.Session.Attempt?.Done(target);
            Tell<IOnTargetSucceeded>(extension => extension.OnTargetSucceeded(target), () => build.OnTargetSucceeded(target.Name));
            return;
        }

        var interrupted = stop.IsReceived && failure is OperationCanceledException;
        target.Status = interrupted ? ExecutionStatus.Aborted : ExecutionStatus.Failed;
        target.Failure = failure;
        _failed |= interrupted || !target.ProceedAfterFailure;
        Note(target, failure);
        Report(target, failure, interrupted);
        if (!interrupted)
            Tell<IOnTargetFailed>(extension => extension.OnTargetFailed(target), () => build.OnTargetFailed(target.Name));
    }

    private void TellSkipped(ExecutableTarget target)
    {
        Log.Information("{Target:l} skipped: {Reason:l}", target.Name, Skipping.Reason(target));
        Tell<IOnTargetSkipped>(extension => extension.OnTargetSkipped(target), () => build.OnTargetSkipped(target.Name));
    }

    /// <summary>One at a time: no build's handler is asked to bear two targets at once.</summary>
    private void Tell<T>(Action<T> extension, Action own) where T : IBuildExtension
    {
        lock (_telling)
        {
            foreach (var each in build.Session.Extensions.OfType<T>())
                extension(each);
            own();
        }
    }

    private static void Note(ExecutableTarget target, Exception failure) =>
        target.SummaryInformation[failure.GetType().Name] = failure.Message.SplitLineBreaks()[0];

    private static void Report(ExecutableTarget target, Exception failure, bool interrupted)
    {
        if (interrupted)
            Log.Warning("{Target:l} was interrupted", target.Name);
        else if (failure is ProcessException or ArgumentException or InvalidOperationException || failure.ToString() == failure.Message)
            Log.Error("{Target:l} failed: {Reason:l}", target.Name, failure.Message);
        else
            Log.Error(failure, "{Target:l} failed: {Reason:l}", target.Name, failure.Message);
        Log.Verbose("{Failure:l}", failure.ToString());
    }
}
