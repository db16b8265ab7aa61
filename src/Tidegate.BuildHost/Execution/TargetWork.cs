using Nuke.Common.Tooling;
using Nuke.Common.Utilities;

namespace Tidegate.BuildHost.Execution;

/// <summary>The actions of a target, which may be asked to end by a signal.</summary>
internal static class TargetWork
{
    /// <summary>Waits for the work, but not for ever once a signal came. Answers what it threw.</summary>
    public static Exception Run(Action work, StopRequest stop)
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
}
