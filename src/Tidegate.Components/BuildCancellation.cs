using System.Runtime.InteropServices;

namespace Tidegate.Components;

/// <summary>SIGINT and SIGTERM as a token: a target of NUKE gets none. The release stops before its next effect, and calling again goes on.</summary>
internal static class BuildCancellation
{
    private static readonly CancellationTokenSource Source = new();
    private static readonly PosixSignalRegistration[] Registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, Outcome.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, Outcome.Terminated)),
    ];

    /// <summary>Ends when the process is asked to stop. Signals are listened to from the first use on.</summary>
    public static CancellationToken Token => Registrations.Length > 0 ? Source.Token : CancellationToken.None;

    /// <summary>Which signal it was.</summary>
    public static Outcome Outcome { get; private set; } = Outcome.Interrupted;

    /// <summary>The first signal stops in an orderly way; a second one is left to the system, which ends the process.</summary>
    private static void Stop(PosixSignalContext context, Outcome outcome)
    {
        if (Source.IsCancellationRequested) return;
        context.Cancel = true;
        Outcome = outcome;
        Source.Cancel();
    }
}
