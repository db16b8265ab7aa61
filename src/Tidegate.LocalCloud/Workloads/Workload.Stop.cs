using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.Workloads;

internal sealed partial class Workload
{
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

    public Task StoppedAsync() => _stop ?? Task.CompletedTask;

    private void Ended()
    {
        State = InstancePhase.Exited;
        if (_health is not null) _ = _health.DisposeAsync().AsTask();
        (_process, _health) = (null, null);
        _backoff.Ended();
        RemoveSocket();
    }

    private void RemoveSocket()
    {
        if (Record.Socket is null) return;

        try
        {
            File.Delete(Record.Socket);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Its folder is gone. Whoever listens there next removes what is in his way.
        }
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
        catch (Exception over) when (over is TimeoutException or OperationCanceledException)
        {
            // Requests that last longer than the drain deadline are cut off: the deadline says so. So are they when the edge ends.
        }
    }
}
