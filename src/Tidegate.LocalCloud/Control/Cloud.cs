using System.Text.Json;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Hosting;
using Tidegate.LocalCloud.Regions;

namespace Tidegate.LocalCloud.Control;

/// <summary>All environments of a clone. Changes go one after the other; looking never waits for them.</summary>
internal sealed class Cloud(RegionServices services) : IDisposable
{
    private const int MostDeleted = 200;

    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, CloudEnvironment> _environments = new(StringComparer.Ordinal);
    private SortedDictionary<string, long> _deleted = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Environments
    {
        get
        {
            lock (_gate) return [.. _environments.Keys];
        }
    }

    /// <summary>Takes up what was written down: goes on with what still runs, ends what is left over, starts what is lacking.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        _deleted = services.Files.Deleted.Read() ?? _deleted;
        foreach (var (environment, name) in services.Files.Regions())
        {
            if (services.Files.Region(environment, name).Read() is not { } saved) continue;
            if (saved.Desired.Generation <= _deleted.GetValueOrDefault(environment)) continue;

            var home = Home(environment);
            var region = await Region.RestoreAsync(environment, name, saved, home.Off, services, cancellationToken);
            lock (_gate) home.Regions[name] = region;
        }

        var all = _environments.Values.SelectMany(e => e.Regions.Values).ToList();
        var held = all.SelectMany(r => r.Holds()).ToHashSet(StringComparer.Ordinal);
        var ended = services.Host.Leftovers.Kill(instance => !held.Contains(instance));
        if (ended > 0) services.Log.Leftovers(ended);

        foreach (var gone in _deleted.Keys.Where(e => !_environments.ContainsKey(e))) services.Files.Remove(gone);
        foreach (var region in all) region.Run();
    }

    public EnvironmentObserved? Observe(string environment)
    {
        lock (_gate)
        {
            return _environments.TryGetValue(environment, out var home)
                ? new EnvironmentObserved(environment, services.ProbeKey, [.. home.Regions.Values.Select(r => r.Observe())])
                : null;
        }
    }

    public Region? Find(string environment, string region)
    {
        lock (_gate) return _environments.GetValueOrDefault(environment)?.Regions.GetValueOrDefault(region);
    }

    public async Task<PutResult> PutAsync(string environment, string name, RegionDesired desired, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            await (Removal(environment)?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
            if (_deleted.TryGetValue(environment, out var deleted) && desired.Generation <= deleted)
                return new PutResult.Stale(deleted, $"{environment} was deleted with generation {deleted}.");

            if (Find(environment, name) is not { } region)
            {
                var home = Home(environment);
                var made = await Region.NewAsync(environment, name, desired, home.Off, services, cancellationToken);
                lock (_gate) home.Regions[name] = made;
                return new PutResult.Accepted();
            }

            var newest = region.Desired;
            if (desired.Generation < newest.Generation) return new PutResult.Stale(newest.Generation, "A newer generation was accepted already.");
            if (desired.Generation > newest.Generation) region.Put(desired);
            else if (!Same(desired, newest)) return new PutResult.Stale(newest.Generation, "This generation was accepted with other content.");
            return new PutResult.Accepted();
        }
        finally
        {
            _changing.Release();
        }
    }

    public async Task<PutResult> SwitchAsync(string environment, string dependency, bool on, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            lock (_gate)
            {
                if (!_environments.TryGetValue(environment, out var home)) return new PutResult.NotThere();
                home.Switch(dependency, on);
                return new PutResult.Accepted();
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Begins to remove an environment with its data; observing it tells when it is gone.</summary>
    public async Task<PutResult> DeleteAsync(string environment, long generation, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            lock (_gate)
            {
                var home = _environments.GetValueOrDefault(environment);
                var newest = Math.Max(home?.Regions.Values.Max(r => (long?)r.Desired.Generation) ?? 0, _deleted.GetValueOrDefault(environment));
                if (generation < newest) return new PutResult.Stale(newest, "A newer generation was accepted already.");

                // Written down first: a cloud that is killed meanwhile finds it and removes the rest.
                Remember(environment, generation);
                if (home is not null) home.Removal ??= RemoveAsync(home);
                return new PutResult.Accepted();
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Ends everything.</summary>
    /// <param name="forget">True: nothing that was desired or stored is kept.</param>
    public async Task StopAsync(bool forget)
    {
        await _changing.WaitAsync();
        List<CloudEnvironment> all;
        lock (_gate) all = [.. _environments.Values];
        await Task.WhenAll(all.Select(e => e.Removal ?? Task.WhenAll(e.Regions.Values.Select(r => r.RemoveAsync()))));
        services.Host.Leftovers.Kill(_ => true);
        if (forget) services.Files.RemoveAll();
    }

    public void Dispose() => _changing.Dispose();

    private static bool Same(RegionDesired one, RegionDesired other) =>
        JsonSerializer.SerializeToUtf8Bytes(one, CloudJson.Default.RegionDesired).AsSpan()
            .SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, CloudJson.Default.RegionDesired));

    private CloudEnvironment Home(string environment)
    {
        lock (_gate)
        {
            if (_environments.TryGetValue(environment, out var known)) return known;
            return _environments[environment] = new CloudEnvironment(environment, services.Files.Environment(environment));
        }
    }

    private Task? Removal(string environment)
    {
        lock (_gate) return _environments.GetValueOrDefault(environment)?.Removal;
    }

    private async Task RemoveAsync(CloudEnvironment home)
    {
        await Task.Yield();
        await Task.WhenAll(home.Regions.Values.Select(r => r.RemoveAsync()));
        services.Files.Remove(home.Name);
        lock (_gate) _environments.Remove(home.Name);
    }

    private void Remember(string environment, long generation)
    {
        _deleted[environment] = generation;
        while (_deleted.Count > MostDeleted) _deleted.Remove(_deleted.MinBy(d => d.Value).Key);
        services.Files.Deleted.Write(_deleted);
    }
}
