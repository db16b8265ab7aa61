using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;

namespace Tidegate.LocalCloud.Workloads;

/// <summary>One supervised process: an instance of the service or a dependency. It is started, watched, and ended when told.</summary>
/// <param name="recipe">How its process is started on a given socket, and where it tells that it is ready.</param>
/// <param name="changed">Called when there is something new to see.</param>
internal sealed partial class Workload(WorkloadRecord record, WorkloadRecipe recipe, WorkloadHost host, Action changed) : IAsyncDisposable
{
    private const int LastRefusalOfLife = 5;

    private static readonly TimeSpan LongestPausing = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Backoff _backoff = new(host.Time);
    private WorkProcess? _process;
    private HealthWatch? _health;
    private HealthWatch? _life;
    private string? _condemned;
    private long _startedAt;
    private bool _wasReady;
    private bool _queued;
    private long? _pausedAt;
    private readonly TaskCompletionSource _atOnce = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _stop;

    public WorkloadRecord Record { get; private set; } = record;

    public InstancePhase State { get; private set; } = InstancePhase.Exited;

    /// <summary>Its process ended, and everything of it is gone.</summary>
    public bool Gone => _stop is { IsCompleted: true };

    public bool Draining => Record.Draining;

    public bool IsRunning => _process is not null;

    /// <summary>Why it will not become ready, or null as long as it may.</summary>
    public string? Failure { get; private set; }

    /// <summary>Why there is no process, as long as none could be started; it is tried again.</summary>
    public string? NotStarted { get; private set; }

    /// <summary>It ended and may be started again now.</summary>
    public bool MayRestart => State == InstancePhase.Exited && !Draining && !_queued && !Paused && _backoff.IsOver;

    /// <summary>Switched off until it is started again.</summary>
    public bool Paused => _pausedAt is not null;

    public string Address => "unix:" + Record.Socket;

    /// <summary>From now on it is started from the same bytes in another place.</summary>
    public void From(string artifact)
    {
        lock (_gate)
        {
            if (artifact == Record.ArtifactPath) return;
            Record = Record with { ArtifactPath = artifact };
            recipe = recipe with { Artifact = artifact };
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
                Failure = _condemned ?? Exit();
                Ended();
            }
            else if (_pausedAt is { } since)
            {
                State = InstancePhase.Unready;
                if (host.Time.GetElapsedTime(since) >= LongestPausing) _process.Kill();
            }
            else if (_life is { Refusals: >= LastRefusalOfLife } life)
            {
                var times = $"{life.Refusals} times in a row";
                _condemned ??= $"{Record.Id} was ended: {recipe.Health.Live} {life.Refusal}, {times}";
                State = InstancePhase.Unready;
                _process.Kill();
            }
            else if (_health!.Ready)
            {
                if (recipe.Health is { Live: { } live, LiveWhen: var when })
                {
                    _life ??= new(Record.Socket!, live, host.Time, changed, when, calm: true);
                }

                (State, _wasReady, Failure) = (InstancePhase.Ready, true, null);
                Record = Record with { Proven = true };
            }
            else if (_wasReady)
            {
                State = InstancePhase.Unready;
            }
            else if (host.Time.GetElapsedTime(_startedAt) >= startDeadline)
            {
                Failure = $"{Record.Id} was not ready after {startDeadline.TotalSeconds:0} s: "
                    + $"{recipe.Health.Ready} {_health.Refusal}"
                    + (_health.Unreachable ? Elsewhere() : "");
                if (Record.Proven) _process.Kill();
            }
        }
    }

    /// <summary>What is mostly wrong with a service that nobody can reach: it listens where it always did.</summary>
    private string Elsewhere()
    {
        var ports = host.Leftovers.Of(Record.Id).SelectMany(ListeningPorts.Of).Distinct().Order().ToList();
        var instead = ports.Count == 0 ? "" : $"; it listens on TCP port {string.Join(", ", ports)} instead";
        return $" at {Record.Socket}, where ASPNETCORE_URLS and TIDEGATE_SOCKET tell it to listen{instead}";
    }

    private string Exit()
    {
        var code = _process?.ExitCode is { } known ? $"code {known}" : "an unknown code";
        return $"{Record.Id} exited with {code}{(_wasReady ? "" : " before it was ready")}";
    }

    /// <summary>Stops watching. The process is left as it is.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_health is not null) await _health.DisposeAsync();
        if (_life is not null) await _life.DisposeAsync();
    }

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
}
