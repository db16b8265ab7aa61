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
    /// <remarks>Told again with what is drained already, one that still drains ends at once.</remarks>
    /// <param name="overdue">Called when the deadline passes before it is drained.</param>
    public void Stop(Task drained, TimeSpan deadline, Action? overdue = null)
    {
        lock (_gate)
        {
            if (drained.IsCompleted) _atOnce.TrySetResult();
            if (_stop is not null) return;
            Record = Record with { Draining = true };
            State = InstancePhase.Draining;
            _stop = StopAsync(drained, deadline, overdue);
        }
    }

    public Task StoppedAsync() => _stop ?? Task.CompletedTask;

    private void Ended()
    {
        State = Draining ? InstancePhase.Draining : InstancePhase.Exited; // what was let go has not died
        if (_health is not null) _ = _health.DisposeAsync().AsTask();
        if (_life is not null) _ = _life.DisposeAsync().AsTask();
        (_process, _health, _life, _condemned) = (null, null, null, null);
        _backoff.Ended();
        RemoveSocket();
        recipe.RemoveCopy();
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

    private async Task StopAsync(Task drained, TimeSpan deadline, Action? overdue)
    {
        // Away from the caller, who holds its own lock.
        await Task.Yield();
        if (!await WithinAsync(Task.WhenAny(drained, _atOnce.Task), deadline)) overdue?.Invoke();
        _process?.Terminate();
        if (!await ExitAsync(deadline))
        {
            _process?.Kill();
            await ExitAsync(deadline);
        }

        lock (_gate)
        {
            if (_process is not null && _process.HasExited()) Ended();
            if (_process is null) recipe.RemoveAll();
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

    /// <returns>False: requests that last longer than the drain deadline are cut off.</returns>
    private async Task<bool> WithinAsync(Task task, TimeSpan deadline)
    {
        try
        {
            await task.WaitAsync(deadline, host.Time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
