using System.Runtime.InteropServices;
using Serilog;

namespace Tidegate.BuildHost.Execution;

/// <summary>Listens to SIGINT and SIGTERM while a build runs.</summary>
internal sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ManualResetEventSlim _received = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    public StopRequest()
    {
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
        Current = this;
    }

    public static StopRequest Current { get; private set; }

    public CancellationToken Token => _stopping.Token;

    /// <summary>Set when the first signal came.</summary>
    public WaitHandle Received => _received.WaitHandle;
    public bool IsReceived => _received.IsSet;

    /// <summary>Someone in the build handles the signal and has cancelled its default.</summary>
    public bool IsTakenOver { get; private set; }

    public int ExitCode { get; private set; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        Current = null;
    }

    // Handlers run newest first, so every handler that a target has registered has spoken before this one.
    // One that is older than the first target speaks later, and is not heard: a target registers while it works.
    private void Handle(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            context.Cancel = false;
            return;
        }

        IsTakenOver = context.Cancel;
        context.Cancel = true;
        ExitCode = context.Signal == PosixSignal.SIGTERM ? ExitCodes.Terminated : ExitCodes.Interrupted;
        Log.Warning("{Signal} received: stopping in an orderly way. A second one ends the build at once", context.Signal);
        _received.Set();
        _stopping.Cancel();
    }
}
