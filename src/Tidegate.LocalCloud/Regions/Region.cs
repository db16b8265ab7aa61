using Tidegate.Edge;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Hosting;
using Tidegate.LocalCloud.Processes;
using Tidegate.LocalCloud.State;
using Tidegate.LocalCloud.Users;
using Tidegate.LocalCloud.Workloads;

namespace Tidegate.LocalCloud.Regions;

/// <summary>One region: its instances, its edge, its users, and the loop that brings about what is desired.</summary>
internal sealed partial class Region : IAsyncDisposable
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(200);
    private const int FailureLines = 20;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly WorkloadFactory _factory;
    private readonly RegionDependencies _dependencies;
    private readonly List<Workload> _instances = [];
    private readonly Dictionary<string, ServiceManifest> _manifests = new(StringComparer.Ordinal);
    private readonly WorkloadHost _host;
    private readonly StateFile<RegionState> _file;
    private readonly EdgeServer _edge;
    private readonly SyntheticUsers _users;
    private readonly ILogger _log;
    private Task _running = Task.CompletedTask;
    private SortedDictionary<string, int> _weights = new(StringComparer.Ordinal);
    private RegionDesired _desired;
    private string? _failure;
    private string? _hindrance;
    private readonly DeadMansSwitch _switch;
    private long _cut;
    private bool _settled;
    private bool _withdrawn;
    private bool _removing;
    private Task? _removal;

    private Region(string environment, string name, RegionDesired desired, EdgeServer edge, RegionServices services)
    {
        (Environment, Name, _desired, _edge, _host, _log) = (environment, name, desired, edge, services.Host, services.Log);
        _file = services.Files.Region(environment, name);
        _factory = new WorkloadFactory(environment, name, services.Host, services.Ids, Wake);
        _dependencies = new RegionDependencies(_factory);
        _users = new SyntheticUsers(edge, services.Host.Time);
        _switch = new DeadMansSwitch(services.Host.Time);
    }

    public string Environment { get; }

    public string Name { get; }

    /// <summary>The newest desired state that was accepted.</summary>
    public RegionDesired Desired
    {
        get
        {
            lock (_gate) return _desired;
        }
    }

    /// <summary>Takes a desired state that was checked. From the return on, it is written down and observed as converging.</summary>
    /// <exception cref="IOException">It cannot be written down, and so was not taken.</exception>
    public void Put(RegionDesired desired)
    {
        lock (_gate)
        {
            var before = (_desired, _failure, _settled, _withdrawn);
            (_desired, _failure, _settled, _withdrawn) = (desired, null, false, false);
            try
            {
                Save();
            }
            catch
            {
                (_desired, _failure, _settled, _withdrawn) = before;
                throw;
            }

            _switch.Confirm();
            foreach (var version in desired.Versions)
            {
                var all = Everything().Where(w => w.Record.Digest == version.Digest);
                foreach (var workload in all) workload.From(version.ArtifactPath);
            }

            _log.Desired(Environment, Name, desired.Generation, desired.Operation);
            _users.Follow(desired.Traffic);
        }

        Wake();
    }

    /// <summary>Enough of this version is here, so nothing has to be started for it.</summary>
    public bool Has(VersionDesired version)
    {
        lock (_gate)
        {
            return _instances.Count(i => !i.Draining && i.Record.Digest == version.Digest) >= version.Instances;
        }
    }

    public void SwitchOff(IReadOnlySet<string> dependencies)
    {
        lock (_gate) _dependencies.Off = dependencies;
        Wake();
    }

    /// <summary>Ends everything here, users first, in an orderly way. Asked for again, it is the same ending.</summary>
    public Task RemoveAsync()
    {
        lock (_gate) return _removal ??= RemoveOnceAsync();
    }

    /// <summary>Tells what stands in the way of what is wanted here; null when nothing does.</summary>
    public void Hinder(string? because)
    {
        lock (_gate)
        {
            if (because == _hindrance) return;
            _hindrance = because;
        }

        if (because is null) _log.Step(Environment, Name, "nothing is in the way any more");
        else _log.Hindered(Environment, Name, because);
    }

    private async Task RemoveOnceAsync()
    {
        await Task.Yield(); // out of the lock
        lock (_gate)
        {
            _removing = true;
            _users.Follow(null);
            foreach (var workload in Everything()) workload.Stop(Task.CompletedTask, DrainDeadline);
        }

        await Task.WhenAll(Everything().Select(w => w.StoppedAsync()));
        await DisposeAsync();
    }

    /// <summary>Stops the loop, the users and the edge. Instances run on; whoever wants them ended calls <see cref="RemoveAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _users.DisposeAsync();
        await _edge.DisposeAsync();
        foreach (var workload in Everything()) await workload.DisposeAsync();
    }

    private TimeSpan StartDeadline => TimeSpan.FromSeconds(_desired.StartDeadlineSeconds);

    private TimeSpan DrainDeadline => TimeSpan.FromSeconds(_desired.DrainDeadlineSeconds);

    private List<Workload> Everything() => [.. _instances, .. _dependencies.Workloads];

    private void Wake()
    {
        if (_wake.CurrentCount > 0) return;
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it in the same instant.
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var calm = StepOrTell();
            try
            {
                await _wake.WaitAsync(calm ? Calm : Quick, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Nobody waits for this loop, so nothing may end it: what stops a step is told, and the step is done again.</summary>
    /// <returns>True when nothing is on its way, or something stands in it.</returns>
    private bool StepOrTell()
    {
        string? hindrance;
        lock (_gate)
        {
            try
            {
                hindrance = Step();
            }
            catch (Exception problem)
            {
                hindrance = $"{problem.GetType().Name}: {problem.Message}";
            }
        }

        Hinder(hindrance);
        lock (_gate) return hindrance is not null || Phase() is RegionPhase.Converged or RegionPhase.Failed or RegionPhase.Removing;
    }

    private void Save() => _file.Write(new RegionState(
        _desired,
        _edge.Address.Port,
        _settled,
        _failure,
        _weights,
        [.. _instances.Select(i => i.Record)],
        [.. _dependencies.Workloads.Select(d => d.Record)],
        _withdrawn));

    private string Describe(Workload failed)
    {
        var lines = OutputLog.Tail(_host.LogFile(Environment, Name, failed.Record.Id), FailureLines);
        var what = failed.Record.Dependency is { } name ? $"dependency {name}: {failed.Failure}" : failed.Failure ?? "";
        return lines.Count == 0 ? $"{what}; it wrote nothing." : $"{what}; its last output:\n{string.Join('\n', lines)}";
    }
}
