using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.Tooling;
using Nuke.Common.Utilities;
using Serilog;
using Tidegate.BuildHost.Logs;

namespace Tidegate.BuildHost.Execution;

/// <summary>Runs the plan, one target after the other. After a failure or a signal only assured targets run.</summary>
internal sealed class TargetExecutor(NukeBuild build, StopRequest stop)
{
    private bool _failed;

    // A handler of the build that ends the running target comes before ours, which is called last: give it the moment it needs.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(5);

    public void Run()
    {
        foreach (var target in build.ExecutionPlan)
        {
            Run(target);
            if (target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed && target != build.ExecutionPlan.Last())
                stop.Received.WaitOne(Settling);
        }
    }

    private void Run(ExecutableTarget target)
    {
        if (target.Status == ExecutionStatus.Scheduled && (_failed || stop.IsReceived) && !target.AssuredAfterFailure)
            target.Status = ExecutionStatus.NotRun;
        else if (target.Status == ExecutionStatus.Scheduled)
            SkipOrExecute(target);
        else if (target.Status == ExecutionStatus.Skipped)
            TellSkipped(target);
    }

    private void SkipOrExecute(ExecutableTarget target)
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
            return;
        }

        if (target.Status == ExecutionStatus.Skipped)
            TellSkipped(target);
        else if (target.Actions.Count == 0)
            target.Status = ExecutionStatus.Collective;
        else
            Execute(target);
    }

    private void Execute(ExecutableTarget target)
    {
        using var block = build.Session.Shows(DefaultOutput.TargetHeader) ? NukeBuild.Host.WriteBlock(target.Name) : null;
        using var name = BuildLog.InTarget(target.Name);
        target.Status = ExecutionStatus.Running;
        Tell<IOnTargetRunning>(extension => extension.OnTargetRunning(target), () => build.OnTargetRunning(target.Name));

        var started = TimeProvider.System.GetTimestamp();
        var failure = InOwnThread(() => target.Actions.ForEach(action => action()));
        target.Duration = TimeProvider.System.GetElapsedTime(started);

        if (failure is null)
        {
            target.Status = ExecutionStatus.Succeeded;
            Tell<IOnTargetSucceeded>(extension => extension.OnTargetSucceeded(target), () => build.OnTargetSucceeded(target.Name));
            return;
        }

        var interrupted = stop.IsReceived && failure is OperationCanceledException;
        target.Status = interrupted ? ExecutionStatus.Aborted : ExecutionStatus.Failed;
        _failed |= interrupted || !target.ProceedAfterFailure;
        Note(target, failure);
        Report(target, failure, interrupted);
        if (!interrupted)
            Tell<IOnTargetFailed>(extension => extension.OnTargetFailed(target), () => build.OnTargetFailed(target.Name));
    }

    /// <summary>Waits for the work, but not for ever once a signal came. Answers what it threw.</summary>
    private Exception InOwnThread(Action work)
    {
        Exception failure = null;
        using var done = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                failure = exception.Unwrap();
            }

            Signal(done);
        })
        { IsBackground = true, Name = "target" };
        thread.Start();

        if (WaitHandle.WaitAny([done.WaitHandle, stop.Received]) == 0 || stop.IsTakenOver)
        {
            done.Wait();
            return failure;
        }

        // Programs of a terminal get the signal too; the others are asked after a moment.
        var moment = stop.ExitCode == ExitCodes.Terminated ? TimeSpan.Zero : BuildSignals.Grace / 5;
        if (done.Wait(moment))
            return failure;
        var asked = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(asked) < BuildSignals.Grace - moment)
        {
            // A target may be about to start the next one.
            RunningProcess.StopAll();
            if (done.Wait(BuildSignals.Grace / 50))
                return failure;
        }

        return new OperationCanceledException("it did not end after the signal");
    }

    private static void Signal(ManualResetEventSlim done)
    {
        try
        {
            done.Set();
        }
        catch (ObjectDisposedException)
        {
            // The build did not wait any longer.
        }
    }

    private void TellSkipped(ExecutableTarget target)
    {
        Log.Information("{Target:l} skipped: {Reason:l}", target.Name, target.OnlyWhen is { } condition ? $"only when {condition}" : target.Skipped);
        Tell<IOnTargetSkipped>(extension => extension.OnTargetSkipped(target), () => build.OnTargetSkipped(target.Name));
    }

    private void Tell<T>(Action<T> extension, Action own) where T : IBuildExtension
    {
        foreach (var each in build.Session.Extensions.OfType<T>())
            extension(each);
        own();
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
