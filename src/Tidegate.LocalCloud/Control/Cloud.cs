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

        // All is read before anything is taken up: a file that cannot be read ends the start, and must not end it halfway.
        var known = services.Files.Regions().Select(r => (r.Environment, r.Region, Saved: services.Files.Region(r.Environment, r.Region).Read())).ToList();
        foreach (var (environment, name, saved) in known)
        {
            if (saved is null) continue;
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

    /// <summary>Somebody watches this environment now.</summary>
    /// <returns>False when there is none.</returns>
    public bool Confirm(string environment)
    {
        lock (_gate)
        {
            if (!_environments.TryGetValue(environment, out var home)) return false;
            foreach (var region in home.Regions.Values) region.Confirm();
            return true;
        }
    }

    public Region? Find(string environment, string region)
    {
        lock (_gate) return _environments.GetValueOrDefault(environment)?.Regions.GetValueOrDefault(region);
    }

    /// <summary>What is wrong with what a version would be started from. Where enough of it runs nothing is started:
    /// its bytes must not stand in the way of going back to it.</summary>
    public string? BytesProblem(string environment, string region, VersionDesired version) =>
        Find(environment, region)?.Has(version) == true ? null : BytesCheck.Problem(version, services.Host.Artifacts);

    /// <summary>Ids of all instances and dependencies.</summary>
    public IReadOnlySet<string> Present()
    {
        lock (_gate) return _environments.Values.SelectMany(e => e.Regions.Values).SelectMany(r => r.Present()).ToHashSet(StringComparer.Ordinal);
    }

    public async Task<PutResult> PutAsync(string environment, string name, RegionDesired desired, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            if (await RemovedAsync(environment).WaitAsync(cancellationToken) is { } hindrance)
                return new PutResult.Unable($"{environment} was deleted, and is not gone yet: {hindrance}");
            if (_deleted.TryGetValue(environment, out var deleted) && desired.Generation <= deleted)
                return new PutResult.Stale(deleted, $"{environment} was deleted with generation {deleted}.");

            if (Find(environment, name) is not { } region)
            {
                await MakeAsync(environment, name, desired, cancellationToken);
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
                if (home?.Removal is null or { IsCompleted: true } && home is not null) home.Removal = RemoveAsync(home);
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
    /// <returns>False when it is kept all the same, since the machine does not let us remove it.</returns>
    public async Task<bool> StopAsync(bool forget)
    {
        await _changing.WaitAsync();
        List<CloudEnvironment> all;
        lock (_gate) all = [.. _environments.Values];
        await Task.WhenAll(all.Select(e => e.Removal ?? Task.WhenAll(e.Regions.Values.Select(EndAsync))));
        services.Host.Leftovers.Kill(_ => true);
        if (!forget) return true;

        try
        {
            services.Files.RemoveAll();
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            services.Log.NotForgotten(problem.Message);
            return false;
        }
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

    private async Task MakeAsync(string environment, string name, RegionDesired desired, CancellationToken cancellationToken)
    {
        var home = Home(environment);
        try
        {
            var made = await Region.NewAsync(environment, name, desired, home.Off, services, cancellationToken);
            lock (_gate) home.Regions[name] = made;
        }
        catch
        {
            lock (_gate)
            {
                if (home.Regions.Count == 0) _environments.Remove(environment);
            }

            throw;
        }
    }

    /// <summary>Waits for a removal that is under way. One that was hindered is tried again.</summary>
    private Task<string?> RemovedAsync(string environment)
    {
        lock (_gate)
        {
            if (_environments.GetValueOrDefault(environment) is not { Removal: not null } home) return Task.FromResult<string?>(null);
            if (home.Removal.IsCompleted) home.Removal = RemoveAsync(home);
            return home.Removal;
        }
    }

    private async Task<string?> RemoveAsync(CloudEnvironment home)
    {
        await Task.Yield();
        await Task.WhenAll(home.Regions.Values.Select(EndAsync));
        try
        {
            services.Files.Remove(home.Name);
            lock (_gate) _environments.Remove(home.Name);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            foreach (var region in home.Regions.Values) region.Hinder(problem.Message);
            return problem.Message;
        }
    }

    /// <summary>What goes wrong with one region must not keep the others, or the data of all.</summary>
    private async Task EndAsync(Region region)
    {
        try
        {
            await region.RemoveAsync();
        }
        catch (Exception problem)
        {
            services.Log.NotEnded(problem, region.Environment, region.Name);
        }
    }

    private void Remember(string environment, long generation)
    {
        var deleted = new SortedDictionary<string, long>(_deleted, StringComparer.Ordinal) { [environment] = generation };
        while (deleted.Count > MostDeleted) deleted.Remove(deleted.MinBy(d => d.Value).Key);
        services.Files.Deleted.Write(deleted);
        _deleted = deleted;
    }
}
