using System.Globalization;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;
using Tidegate.LocalCloud.State;
using Tidegate.LocalCloud.Workloads;

namespace Tidegate.LocalCloud.Regions;

/// <summary>Makes the workloads of one region, new ones and those that were written down.</summary>
internal sealed class WorkloadFactory(string environment, string region, WorkloadHost host, IdSequence ids, Action changed)
{
    private const int LongestName = 20;

    /// <param name="dependencies">Where the instance finds each of its dependencies.</param>
    public Workload NewInstance(VersionDesired version, RegionDesired desired, IReadOnlyDictionary<string, string> dependencies)
    {
        var record = new WorkloadRecord(NewId(version.Digest), null, null, version.Digest, version.ArtifactPath, desired.Operation, desired.Generation);
        return Instance(record, dependencies);
    }

    public Workload NewDependency(DependencyManifest dependency, VersionDesired version, RegionDesired desired)
    {
        var name = dependency.Name.Length <= LongestName ? dependency.Name : dependency.Name[..LongestName];
        var id = $"{name}-{NewId(version.Digest)}";
        var record = new WorkloadRecord(id, dependency.Name, dependency.Sharing, version.Digest, version.ArtifactPath, desired.Operation, desired.Generation)
        {
            Socket = Path.Combine(host.SocketFolder, id),
        };
        return Dependency(record);
    }

    /// <exception cref="InvalidDataException">The artifact is not there any more.</exception>
    public Workload Instance(WorkloadRecord record, IReadOnlyDictionary<string, string> dependencies)
    {
        var manifest = Manifest(record);
        var variables = Variables(record, manifest.Version);
        foreach (var (name, address) in dependencies) variables[CloudNames.DependencyVariable(name)] = address;
        return Make(record, manifest.Health, variables);
    }

    /// <exception cref="InvalidDataException">The artifact is not there any more.</exception>
    public Workload Dependency(WorkloadRecord record)
    {
        var manifest = Manifest(record);
        var dependency = manifest.Dependencies.FirstOrDefault(d => d.Name == record.Dependency)
            ?? throw new InvalidDataException($"{record.ArtifactPath} has no dependency '{record.Dependency}'.");
        var health = new HealthPaths(dependency.Ready, ReadyWhen: dependency.ReadyWhen);
        return Make(record, health, Variables(record, manifest.Version));
    }

    /// <summary>Of what runs, from what it runs from: an artifact that is gone since takes no running process with
    /// it.</summary>
    /// <exception cref="InvalidDataException">The artifact is not there any more.</exception>
    public ServiceManifest Manifest(WorkloadRecord record)
    {
        var copy = host.CopyFolder(environment, region, record.Id);
        var runs = record.Pid is not null && File.Exists(Path.Combine(copy, ServiceManifest.FileName));
        return ServiceManifest.Read(runs ? copy : record.ArtifactPath);
    }

    private Workload Make(WorkloadRecord record, HealthPaths health, Dictionary<string, string> variables) => new(
        record,
        new WorkloadRecipe(
            record.ArtifactPath,
            record.Digest,
            record.Dependency,
            health,
            host.CopyFolder(environment, region, record.Id),
            host.WorkFolder(environment, region, record.Id),
            host.LogFile(environment, region, record.Id),
            variables),
        host,
        changed);

    private Dictionary<string, string> Variables(WorkloadRecord record, string version) => new(StringComparer.Ordinal)
    {
        [WorkEnvironment.Cloud] = host.Leftovers.Mark,
        [WorkEnvironment.Instance] = record.Id,
        ["TIDEGATE_OPERATION"] = record.Operation,
        ["TIDEGATE_DIGEST"] = record.Digest,
        ["TIDEGATE_VERSION"] = version,
        ["TIDEGATE_ENVIRONMENT"] = environment,
        ["TIDEGATE_REGION"] = region,
        ["TIDEGATE_DATA"] = host.DataFolder(environment, region),
    };

    private string NewId(string digest) => string.Create(CultureInfo.InvariantCulture, $"{Tidegate.Edge.EdgeHeaders.Brief(digest)[..8]}-{ids.Next()}");
}
