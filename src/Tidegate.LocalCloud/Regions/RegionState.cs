using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Workloads;

namespace Tidegate.LocalCloud.Regions;

/// <summary>What a region is written down as, after each change.</summary>
/// <param name="Port">Where the edge listened, to listen there again.</param>
/// <param name="Settled">The desired weights have come into effect.</param>
/// <param name="Failure">Why this desired state was given up.</param>
/// <param name="Withdrawn">Nobody watched, and the weights are those for that.</param>
/// <param name="Weights">In effect, by digest.</param>
internal sealed record RegionState(
    RegionDesired Desired,
    int Port,
    bool Settled,
    string? Failure,
    SortedDictionary<string, int> Weights,
    IReadOnlyList<WorkloadRecord> Instances,
    IReadOnlyList<WorkloadRecord> Dependencies,
    bool Withdrawn = false);
