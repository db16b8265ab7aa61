using System.Runtime.InteropServices;

namespace Tidegate.Components;

/// <summary>SIGINT and SIGTERM as a token: a target of NUKE gets none. The release stops before its next effect, and calling again goes on.</summary>
internal static class BuildCancellation
{
    private static readonly CancellationTokenSource Source = new();

    /// <summary>Ends when the process is asked to stop while work of ours is listening.</summary>
    public static CancellationToken Token => Source.Token;

    /// <summary>Which signal it was.</summary>
    public static Outcome Outcome { get; private set; } = Outcome.Interrupted;

    /// <summary>Takes signals over until it is disposed: for work that ends in order by <see cref="Token"/>, and no longer, since others must be stopped by the host.</summary>
    /// <remarks>Handlers run newest first. The host's own, which is made before the first target, must find ours to have spoken: then it
    /// gives the target all the time that it needs to end.</remarks>
    public static IDisposable Listen() => new Listening(
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, Outcome.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, Outcome.Terminated)));

    /// <summary>The first signal stops in an orderly way; a second one is left to the system, which ends the process.</summary>
    private static void Stop(PosixSignalContext context, Outcome outcome)
    {
        if (Source.IsCancellationRequested) return;
        context.Cancel = true;
        Outcome = outcome;
        Source.Cancel();
    }

    private sealed class Listening(params PosixSignalRegistration[] registrations) : IDisposable
    {
        public void Dispose()
        {
            foreach (var registration in registrations) registration.Dispose();
        }
    }
}
