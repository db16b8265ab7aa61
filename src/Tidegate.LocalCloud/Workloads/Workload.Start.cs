using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;

namespace Tidegate.LocalCloud.Workloads;

internal sealed partial class Workload
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);

    /// <summary>Goes on with a process that was found running; false when there is none.</summary>
    public bool Adopt()
    {
        if (Record is { Pid: { } pid, StartTicks: { } ticks, Socket: { } socket } && WorkProcess.Adopt(pid, ticks, Record.Id, host.Leftovers) is { } process)
        {
            lock (_gate) Watch(process, socket);
            return true;
        }

        // What was written down may be another clone's, or of another run folder: whoever calls a dependency is told where the next one listens.
        Record = Record with { Socket = Record.Dependency is null ? null : NextSocket(), Pid = null, StartTicks = null };
        return false;
    }

    /// <summary>Starts a process as soon as it is its turn.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_queued || _process is not null || Draining) return;
            (_queued, State, Failure, _pausedAt) = (true, InstancePhase.Starting, null, null);
        }

        _ = StartInTurnAsync();
    }

    public void Restart()
    {
        Record = Record with { Restarts = Record.Restarts + 1 };
        _backoff.Next();
        Start();
    }

    private async Task StartInTurnAsync()
    {
        // Away from the caller, who holds its own lock: copying takes its time.
        await Task.Yield();
        await host.StartTurns.WaitAsync();
        try
        {
            if (!Draining) Try(() => recipe.Prepare(host.Artifacts));
            lock (_gate)
            {
                _queued = false;
                if (Draining) recipe.RemoveAll();
                if (Draining || Paused || Failure is not null) return;
                Try(StartNow);
            }

            changed();
            var start = host.Time.GetTimestamp();
            while (State == InstancePhase.Starting && Failure is null && host.Time.GetElapsedTime(start) < LongestTurn)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), host.Time, CancellationToken.None);
            }
        }
        finally
        {
            host.StartTurns.Release();
            changed();
        }
    }

    private void StartNow()
    {
        var socket = NextSocket();
        var process = WorkProcess.Start(recipe.Spawn(socket), Record.Id, host.Leftovers);
        Record = Record with
        {
            Socket = socket,
            Pid = process.Pid,
            StartTicks = process.StartTicks,
            StartedAt = host.Time.GetUtcNow(),
        };
        Watch(process, socket);
    }

    private void Try(Action start)
    {
        try
        {
            start();
        }
        catch (Exception problem)
        {
            // Nobody waits for a start, so whatever is in its way must be told here: else it would seem to start for
            // good.
            lock (_gate)
            {
                (Failure, State) = ($"{Record.Id}: {problem.Message}", InstancePhase.Exited);
                NotStarted = Failure;
                _backoff.Ended();
            }
        }
    }

    /// <summary>An instance listens on a new path after each start, so that no old connection is taken for it. A dependency keeps its own: whoever calls it was told only once.</summary>
    private string NextSocket() => Path.Combine(host.SocketFolder, Record.Dependency is null ? $"{Record.Id}.{Record.Restarts}" : Record.Id);

    private void Watch(WorkProcess process, string socket)
    {
        (_process, _wasReady, _startedAt, State) = (process, false, host.Time.GetTimestamp(), InstancePhase.Starting);
        NotStarted = null;
        _health = new HealthWatch(socket, recipe.Health.Ready, host.Time, changed, recipe.Health.ReadyWhen);
        _backoff.Began();
    }
}
