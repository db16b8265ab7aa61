namespace Tidegate.LocalCloud.Processes;

/// <summary>A running program of ours: started here, or found running after the cloud itself was killed.</summary>
internal sealed class WorkProcess
{
    private readonly Lock _ending = new();
    private readonly bool _isChild;
    private readonly string _instance;
    private readonly Leftovers _leftovers;
    private bool _exited;

    private WorkProcess(int pid, long startTicks, string instance, Leftovers leftovers, bool isChild) =>
        (Pid, StartTicks, _instance, _leftovers, _isChild) = (pid, startTicks, instance, leftovers, isChild);

    public int Pid { get; }

    public long StartTicks { get; }

    /// <summary>128 + n after signal n; null while it runs, or when only the kernel knew.</summary>
    public int? ExitCode { get; private set; }

    /// <exception cref="IOException">It cannot be started.</exception>
    public static WorkProcess Start(Spawn spawn, string instance, Leftovers leftovers)
    {
        var pid = spawn.Start();
        try
        {
            // Nobody but us can reap a child, so its entry is there even when it has ended already.
            var look = ProcFs.Look(pid) ?? throw new IOException($"Process {pid} cannot be found in /proc.");
            return new WorkProcess(pid, look.StartTicks, instance, leftovers, isChild: true);
        }
        catch
        {
            // Its start is half its name: without it, it could not be found again.
            _ = Native.Kill(-pid, Native.SigKill);
            _ = Native.WaitPid(pid, out _, options: 0);
            throw;
        }
    }

    /// <summary>The process, if it is still the same one: id, start, and in its environment the instance's name and the mark of this cloud agree.</summary>
    /// <remarks>Without the mark a copied clone would take the original's processes for its own, and end them.</remarks>
    public static WorkProcess? Adopt(int pid, long startTicks, string instance, Leftovers leftovers) =>
        ProcFs.Look(pid) is { IsZombie: false } look && look.StartTicks == startTicks
        && ProcFs.Variable(pid, WorkEnvironment.Cloud) == leftovers.Mark
        && ProcFs.Variable(pid, WorkEnvironment.Instance) == instance
            ? new WorkProcess(pid, startTicks, instance, leftovers, isChild: false)
            : null;

    /// <summary>Null when it has ended or cannot be looked at.</summary>
    public long? ResidentBytes
    {
        get
        {
            try
            {
                return Itself()?.ResidentBytes;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>Only what is known to have ended has: one that cannot be looked at just now is taken for running, and looked at again.</summary>
    public bool HasExited()
    {
        lock (_ending)
        {
            try
            {
                if (_exited) return true;
                if (Itself() is not null) return false;

                EndRest();
                return _exited = true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <summary>Asks it and whatever it has started to end.</summary>
    public void Terminate() => Signal(Native.SigTerm);

    /// <summary>Ends it and whatever it has started.</summary>
    public void Kill() => Signal(Native.SigKill);

    private ProcessLook? Itself() => ProcFs.Look(Pid) is { IsZombie: false } look && look.StartTicks == StartTicks ? look : null;

    private void Signal(int signal)
    {
        lock (_ending)
        {
            // A child's id is its own until we reap it; another's may be anybody's by now, so it must be seen to be the same.
            if (!HasExited() && (_isChild || ResidentBytes is not null)) _ = Native.Kill(-Pid, signal);
        }
    }

    private void EndRest()
    {
        if (!_isChild)
        {
            // Its id is free already and may be anybody's: what it left behind is known by the name in its environment.
            _leftovers.Kill(instance => instance == _instance);
            return;
        }

        // As long as it is not reaped, its id is taken, and so the group is surely its own.
        _ = Native.Kill(-Pid, Native.SigKill);
        if (Native.WaitPid(Pid, out var status, options: 0) != Pid) return;

        var signal = status & 0x7F;
        ExitCode = signal == 0 ? (status >> 8) & 0xFF : 128 + signal;
    }
}
