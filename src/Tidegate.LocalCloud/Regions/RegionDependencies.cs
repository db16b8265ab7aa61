using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Workloads;

namespace Tidegate.LocalCloud.Regions;

/// <summary>The downstream services of a region: own copies live as long as their version, shared ones as long as the region has any.</summary>
/// <remarks>Not safe for several threads: the region holds its lock.</remarks>
internal sealed class RegionDependencies(WorkloadFactory factory)
{
    private readonly List<Workload> _workloads = [];

    // Copies that the artifact itself leaves out: they have an address where nobody is.
    private readonly HashSet<string> _leftOut = new(StringComparer.Ordinal);

    public IReadOnlyList<Workload> Workloads => _workloads;

    /// <summary>Names that were switched off from outside.</summary>
    public IReadOnlySet<string> Off { get; set; } = new HashSet<string>();

    public void Restore(Workload workload, bool leftOut)
    {
        _workloads.Add(workload);
        if (leftOut) _leftOut.Add(workload.Record.Id);
    }

    /// <summary>Where a version finds what it calls; makes what is lacking.</summary>
    public IReadOnlyDictionary<string, string> For(VersionDesired version, ServiceManifest manifest, RegionDesired desired)
    {
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var dependency in manifest.Dependencies)
        {
            var known = _workloads.FirstOrDefault(w => !w.Draining && Serves(w, dependency.Name, version.Digest));
            if (known is null)
            {
                known = factory.NewDependency(dependency, version, desired);
                Restore(known, dependency.SwitchedOff);
            }

            addresses[dependency.Name] = known.Address;
        }

        return addresses;
    }

    /// <summary>Starts what should run, stops what should not, forgets what is gone.</summary>
    /// <param name="versions">Digests that have instances or shall have.</param>
    public void Step(IReadOnlySet<string> versions, TimeSpan startDeadline, TimeSpan stopDeadline)
    {
        foreach (var workload in _workloads) workload.Look(startDeadline);
        foreach (var gone in _workloads.Where(w => w.Gone).ToList())
        {
            _workloads.Remove(gone);
            _leftOut.Remove(gone.Record.Id);
        }

        foreach (var workload in _workloads.Where(w => !w.Draining))
        {
            var needed = IsShared(workload) ? versions.Count > 0 : versions.Contains(workload.Record.Digest);
            if (!needed) workload.Stop(Task.CompletedTask, stopDeadline);
            else if (!IsOn(workload)) workload.Pause();
            else if (workload.State == InstancePhase.Exited && (workload.Paused || (workload.Record.StartedAt is null && workload.Failure is null))) workload.Start();
            else if (workload.MayRestart) workload.Restart();
        }
    }

    /// <summary>Those of these versions that should run, and have to before requests may come.</summary>
    public IEnumerable<Workload> Needed(IEnumerable<string> versions)
    {
        var digests = versions.ToHashSet();
        return _workloads.Where(w => !w.Draining && IsOn(w) && (IsShared(w) || digests.Contains(w.Record.Digest)));
    }

    public IReadOnlyList<DependencyObserved> Observe() =>
    [
        .. _workloads.Select(w => new DependencyObserved(
            w.Record.Dependency!,
            w.Record.Sharing!.Value,
            IsShared(w) ? null : w.Record.Digest,
            IsOn(w),
            w.State == InstancePhase.Ready,
            w.Observe())),
    ];

    private bool IsOn(Workload workload) => !_leftOut.Contains(workload.Record.Id) && !Off.Contains(workload.Record.Dependency!);

    private static bool IsShared(Workload workload) => workload.Record.Sharing == DependencySharing.Shared;

    private static bool Serves(Workload workload, string name, string digest) =>
        workload.Record.Dependency == name && (IsShared(workload) || workload.Record.Digest == digest);
}
