using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;

namespace Tidegate.LocalCloud.Workloads;

/// <summary>One supervised process: an instance of the service or a dependency. It is started, watched, and ended when told.</summary>
/// <param name="recipe">How its process is started on a given socket, and where it tells that it is ready.</param>
/// <param name="changed">Called when there is something new to see.</param>
internal sealed class Workload(WorkloadRecord record, WorkloadRecipe recipe, WorkloadHost host, Action changed) : IAsyncDisposable
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPausing = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Backoff _backoff = new(host.Time);
    private WorkProcess? _process;
    private HealthWatch? _health;
    private long _startedAt;
    private bool _wasReady;
    private bool _queued;
    private long? _pausedAt;
    private Task? _stop;

    public WorkloadRecord Record { get; private set; } = record;

    public InstancePhase State { get; private set; } = InstancePhase.Exited;

    /// <summary>Its process ended, and everything of it is gone.</summary>
    public bool Gone => _stop is { IsCompleted: true };

    public bool Draining => Record.Draining;

    public bool IsRunning => _process is not null;

    /// <summary>Why it will not become ready, or null as long as it may.</summary>
    public string? Failure { get; private set; }

    /// <summary>It ended and may be started again now.</summary>
    public bool MayRestart => State == InstancePhase.Exited && !Draining && !_queued && !Paused && _backoff.IsOver;

    /// <summary>Switched off until it is started again.</summary>
    public bool Paused => _pausedAt is not null;

    public string Address => "unix:" + Record.Socket;

    /// <summary>Goes on with a process that was found running; false when there is none.</summary>
    public bool Adopt()
    {
        if (Record is not { Pid: { } pid, StartTicks: { } ticks, Socket: { } socket }) return false;
        if (WorkProcess.Adopt(pid, ticks, Record.Id, host.Leftovers) is not { } process) return false;

        lock (_gate) Watch(process, socket);
        return true;
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

    /// <summary>Ends its process and keeps its place.</summary>
    public void Pause()
    {
        lock (_gate)
        {
            if (Paused) return;
            _pausedAt = host.Time.GetTimestamp();
            _process?.Terminate();
        }
    }

    /// <summary>Brings <see cref="State"/> up to date.</summary>
    public void Look(TimeSpan startDeadline)
    {
        lock (_gate)
        {
            if (Draining)
            {
                State = InstancePhase.Draining;
            }
            else if (_process is null)
            {
                State = _queued ? InstancePhase.Starting : InstancePhase.Exited;
            }
            else if (_process.HasExited())
            {
                Record = Record with { ExitCode = _process.ExitCode, Pid = null, StartTicks = null };
                Failure = $"{Record.Id} exited with {(_process.ExitCode is { } code ? $"code {code}" : "an unknown code")}{(_wasReady ? "" : " before it was ready")}";
                Ended();
            }
            else if (_pausedAt is { } since)
            {
                State = InstancePhase.Unready;
                if (host.Time.GetElapsedTime(since) >= LongestPausing) _process.Kill();
            }
            else if (_health!.Ready)
            {
                (State, _wasReady, Failure) = (InstancePhase.Ready, true, null);
                Record = Record with { Proven = true };
            }
            else if (_wasReady)
            {
                State = InstancePhase.Unready;
            }
            else if (host.Time.GetElapsedTime(_startedAt) >= startDeadline)
            {
                Failure = $"{Record.Id} was not ready after {startDeadline.TotalSeconds:0} s: {recipe.ReadyPath} {_health.Refusal}";
                if (Record.Proven) _process.Kill();
            }
        }
    }

    /// <summary>Ends it, after <paramref name="drained"/> or the deadline; then asks, and after another deadline ends it by force.</summary>
    public void Stop(Task drained, TimeSpan deadline)
    {
        lock (_gate)
        {
            if (_stop is not null) return;
            Record = Record with { Draining = true };
            State = InstancePhase.Draining;
            _stop = StopAsync(drained, deadline);
        }
    }

    /// <summary>Stops watching. The process is left as it is.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_health is not null) await _health.DisposeAsync();
    }

    public Task StoppedAsync() => _stop ?? Task.CompletedTask;

    public InstanceObserved Observe() => new(
        Record.Id,
        Record.Operation,
        State,
        _process is null ? null : Address,
        _process?.Pid,
        Record.StartedAt,
        Record.Restarts,
        Record.ExitCode,
        _process?.ResidentBytes);

    private async Task StartInTurnAsync()
    {
        await host.StartTurns.WaitAsync();
        try
        {
            lock (_gate)
            {
                _queued = false;
                if (Draining || Paused) return;
                StartNow();
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
        // An instance listens on a new path after each start, so that no old connection is taken for it.
        // A dependency keeps its own: whoever calls it was told only once.
        var socket = Path.Combine(host.SocketFolder, Record.Dependency is null ? $"{Record.Id}.{Record.Restarts}" : Record.Id);
        try
        {
            var process = WorkProcess.Start(recipe.Spawn(socket), Record.Id, host.Leftovers);
            Record = Record with { Socket = socket, Pid = process.Pid, StartTicks = process.StartTicks, StartedAt = host.Time.GetUtcNow() };
            Watch(process, socket);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Failure = $"{Record.Id}: {problem.Message}";
            State = InstancePhase.Exited;
            _backoff.Ended();
        }
    }

    private void Watch(WorkProcess process, string socket)
    {
        (_process, _wasReady, _startedAt, State) = (process, false, host.Time.GetTimestamp(), InstancePhase.Starting);
        _health = new HealthWatch(socket, recipe.ReadyPath, host.Time, changed);
        _backoff.Began();
    }

    private void Ended()
    {
        State = InstancePhase.Exited;
        if (_health is not null) _ = _health.DisposeAsync().AsTask();
        if (Record.Socket is not null) File.Delete(Record.Socket);
        (_process, _health) = (null, null);
        _backoff.Ended();
    }

    private async Task StopAsync(Task drained, TimeSpan deadline)
    {
        // Away from the caller, who holds its own lock.
        await Task.Yield();
        await WithinAsync(drained, deadline);
        _process?.Terminate();
        if (!await ExitAsync(deadline))
        {
            _process?.Kill();
            await ExitAsync(deadline);
        }

        lock (_gate)
        {
            if (_process is not null && _process.HasExited()) Ended();
        }

        changed();
    }

    private async Task<bool> ExitAsync(TimeSpan deadline)
    {
        var start = host.Time.GetTimestamp();
        while (_process is { } process && !process.HasExited())
        {
            if (host.Time.GetElapsedTime(start) >= deadline) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(10), host.Time, CancellationToken.None);
        }

        return true;
    }

    private async Task WithinAsync(Task task, TimeSpan deadline)
    {
        try
        {
            await task.WaitAsync(deadline, host.Time);
        }
        catch (TimeoutException)
        {
            // Requests that last longer than the drain deadline are cut off: the deadline says so.
        }
    }
}
