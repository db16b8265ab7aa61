using Tidegate.LocalCloud.State;
using Tidegate.LocalCloud.Workloads;

namespace Tidegate.LocalCloud.Regions;

/// <param name="ProbeKey">Of all edges of this cloud, until it ends.</param>
internal sealed record RegionServices(WorkloadHost Host, CloudFiles Files, IdSequence Ids, string ProbeKey, ILogger Log);
