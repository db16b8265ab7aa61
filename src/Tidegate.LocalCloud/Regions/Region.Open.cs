using Tidegate.Edge;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Hosting;
using Tidegate.LocalCloud.State;
using Tidegate.LocalCloud.Workloads;

namespace Tidegate.LocalCloud.Regions;

internal sealed partial class Region
{
    /// <summary>Opens a region that was never there.</summary>
    public static async Task<Region> NewAsync(string environment, string name, RegionDesired desired, IReadOnlySet<string> off, RegionServices services, CancellationToken cancellationToken)
    {
        var region = new Region(environment, name, desired, await ListenAsync(0, services, cancellationToken), services);
        region._dependencies.Off = off;
        try
        {
            OwnFolder.Make(services.Host.DataFolder(environment, name));
            region.Put(desired);
        }
        catch
        {
            await region.DisposeAsync();
            throw;
        }

        region._running = Task.Run(region.RunAsync, CancellationToken.None);
        return region;
    }

    /// <summary>Opens a region as it was written down: processes that still run go on, the others are made anew.</summary>
    public static async Task<Region> RestoreAsync(string environment, string name, RegionState saved, IReadOnlySet<string> off, RegionServices services, CancellationToken cancellationToken)
    {
        var region = new Region(environment, name, saved.Desired, await ListenAsync(saved.Port, services, cancellationToken), services)
        {
            _settled = saved.Settled,
            _failure = saved.Failure,
            _withdrawn = saved.Withdrawn,
            _weights = new(saved.Weights, StringComparer.Ordinal),
        };
        region._dependencies.Off = off;
        region.Restore(saved);
        region._users.Follow(saved.Desired.Traffic);
        return region;
    }

    /// <summary>The processes that this region holds: all others with the cloud's mark are left over.</summary>
    public IEnumerable<string> Holds() => Everything().Where(w => w.IsRunning).Select(w => w.Record.Id);

    /// <summary>Ids of all that is here, running or about to.</summary>
    public IReadOnlyList<string> Present()
    {
        lock (_gate) return [.. Everything().Select(w => w.Record.Id)];
    }

    /// <summary>Starts the loop of a restored region, once everything left over is gone.</summary>
    public void Run() => _running = Task.Run(RunAsync, CancellationToken.None);

    private void Restore(RegionState saved)
    {
        foreach (var record in saved.Dependencies)
        {
            // Running instances know its address, so its place is kept even when its process is gone.
            if (TryMake(() => _factory.Dependency(record)) is not { } dependency) continue;
            var leftOut = _factory.Manifest(record).Dependencies.Single(d => d.Name == record.Dependency).SwitchedOff;
            _dependencies.Restore(dependency, leftOut);
            if (dependency.Adopt()) _log.Step(Environment, Name, $"goes on with {record.Id}");
        }

        var addresses = saved.Dependencies.ToLookup(d => d.Digest);
        foreach (var record in saved.Instances)
        {
            var known = addresses[record.Digest].Concat(saved.Dependencies.Where(d => d.Sharing == DependencySharing.Shared))
                .DistinctBy(d => d.Dependency)
                .ToDictionary(d => d.Dependency!, d => "unix:" + d.Socket, StringComparer.Ordinal);
            if (TryMake(() => _factory.Instance(record, known)) is not { } instance || !instance.Adopt()) continue;

            _log.Step(Environment, Name, $"goes on with {record.Id}");
            _instances.Add(instance);
            if (record.Draining) instance.Stop(Task.CompletedTask, DrainDeadline);
        }
    }

    private Workload? TryMake(Func<Workload> make)
    {
        try
        {
            return make();
        }
        catch (InvalidDataException problem)
        {
            _log.Step(Environment, Name, $"cannot go on: {problem.Message}");
            return null;
        }
    }

    private static Task<EdgeServer> ListenAsync(int port, RegionServices services, CancellationToken cancellationToken) =>
        EdgeServer.StartAsync(new EdgeOptions(services.ProbeKey, services.Host.Time.GetTimestamp(), services.Host.Time) { Port = port }, cancellationToken);
}
