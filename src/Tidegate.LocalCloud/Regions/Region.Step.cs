using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Hosting;
using Tidegate.LocalCloud.Workloads;

namespace Tidegate.LocalCloud.Regions;

internal sealed partial class Region
{
    /// <summary>Looks, plans, acts, and writes down what came of it. Runs under the lock.</summary>
    /// <returns>What the machine did not let it do, such as writing to a full disk: all the rest was done. Null when nothing was in the way.</returns>
    private string? Step()
    {
        if (_removing) return _hindrance;

        foreach (var instance in _instances) instance.Look(StartDeadline);
        _instances.RemoveAll(i => i.Gone);
        _dependencies.Step(VersionsInUse(), StartDeadline, DrainDeadline);

        var plan = RegionPlanner.Plan(View());
        var draining = new List<Workload>();
        string? hindrance = null;
        if (plan.GiveUpBecauseOf is not null || FailedDependency() is not null) GiveUp(plan.GiveUpBecauseOf);
        else if (plan.Start.Count > 0) hindrance = Attempt(() => Start(plan.Start));
        if (plan.MoveWeights) Settle();
        WithdrawWhenUnwatched();
        draining.AddRange(_instances.Where(i => plan.Drain.Contains(i.Record.Id)));

        foreach (var instance in _instances.Where(i => i.MayRestart && !draining.Contains(i) && (!IsNew(i) || _failure is not null)))
        {
            _log.Step(Environment, Name, $"starts {instance.Record.Id} again: {instance.Failure}");
            instance.Restart();
        }

        RouteWithout(draining);
        foreach (var instance in draining)
        {
            _log.Step(Environment, Name, $"drains {instance.Record.Id}");
            var drained = _edge.DrainedAsync(instance.Record.Id, _stop.Token);
            instance.Stop(drained, DrainDeadline, () => Cut(instance.Record.Id));
        }

        return Attempt(Save) ?? hindrance ?? NotStarted();
    }

    /// <summary>Why something that has to run here has no process. What is new and cannot be started fails as
    /// such.</summary>
    private string? NotStarted() =>
        Everything().Where(w => !w.Draining && !IsNew(w)).Select(w => w.NotStarted).FirstOrDefault(n => n is not null);

    /// <summary>What is still inside an instance when its time to drain is over ends with it. It is told, and is no
    /// version's fault.</summary>
    private void Cut(string instance)
    {
        if (_edge.Cut(instance) is not (> 0 and var requests)) return;
        Interlocked.Add(ref _cut, requests);
        var time = _desired.DrainDeadlineSeconds;
        _log.Step(Environment, Name, $"cuts off {requests} requests of {instance}, open after {time} s to drain");
    }

    private static string? Attempt(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return problem.Message;
        }
    }

    private RegionView View() => new(
        _desired.Versions,
        [.. _instances.Select(i => new InstanceView(
            i.Record.Id,
            i.Record.Digest,
            i.State,
            IsNew(i),
            i.Record.Generation == _desired.Generation,
            i.Record.Proven,
            i.Failure is not null))],
        NeededDependencies().All(d => d.State == InstancePhase.Ready || !IsNew(d)),
        _settled,
        _failure is not null);

    private bool IsNew(Workload workload) => !_settled && (workload.Record.Generation == _desired.Generation || !workload.Record.Proven);

    private HashSet<string> VersionsInUse() =>
        [.. _instances.Select(i => i.Record.Digest), .. _failure is null ? _desired.Versions.Select(v => v.Digest) : []];

    private IEnumerable<Workload> NeededDependencies() => _dependencies.Needed(_desired.Versions.Select(v => v.Digest));

    private Workload? FailedDependency() => _failure is not null ? null : NeededDependencies().FirstOrDefault(d => IsNew(d) && d.Failure is not null);

    private void Start(IReadOnlyDictionary<string, int> missing)
    {
        try
        {
            foreach (var version in _desired.Versions.Where(v => missing.ContainsKey(v.Digest)))
            {
                var dependencies = _dependencies.For(version, Manifest(version), _desired);
                for (var i = 0; i < missing[version.Digest]; i++)
                {
                    var instance = _factory.NewInstance(version, _desired, dependencies);
                    AddAndSave(instance);
                    _log.Step(Environment, Name, $"starts {instance.Record.Id}");
                    instance.Start();
                }
            }
        }
        catch (InvalidDataException problem)
        {
            GiveUp(problem.Message);
        }
    }

    /// <summary>Written down before it runs: whoever finds the process will find its name too.</summary>
    private void AddAndSave(Workload instance)
    {
        _instances.Add(instance);
        try
        {
            Save();
        }
        catch
        {
            _instances.Remove(instance); // it does not run, so it is lacking still
            throw;
        }
    }

    private void Settle()
    {
        _settled = true;
        _weights = new(Wanted, StringComparer.Ordinal);
        _log.Step(Environment, Name, $"generation {_desired.Generation} serves: {Shares(_weights)}");
    }

    /// <param name="because">The instance that failed, another reason, or null when it was a dependency.</param>
    private void GiveUp(string? because)
    {
        var failed = because is null ? FailedDependency() : _instances.FirstOrDefault(i => i.Record.Id == because);
        _failure = failed is null ? because : Describe(failed);
        _log.Step(Environment, Name, $"gives up generation {_desired.Generation}: {_failure}");
    }

    private void RouteWithout(List<Workload> draining)
    {
        var routing = Rotation.Of(_instances.Except(draining), _weights, _desired.Endpoints);
        if (!Rotation.Same(routing, _edge.Routing)) _edge.Route(routing);
    }

    private ServiceManifest Manifest(VersionDesired version)
    {
        if (_manifests.TryGetValue(version.ArtifactPath, out var known)) return known;
        return _manifests[version.ArtifactPath] = ServiceManifest.Read(version.ArtifactPath);
    }
}
