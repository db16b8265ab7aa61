using Tidegate.Edge;
using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Workloads;

namespace Tidegate.LocalCloud.Regions;

/// <summary>Tells the edge which instances may get requests.</summary>
internal static class Rotation
{
    public static EdgeRouting Of(IEnumerable<Workload> instances, IReadOnlyDictionary<string, int> weights, IReadOnlyList<string> endpoints)
    {
        var byVersion = instances.Where(i => !i.Draining).GroupBy(i => i.Record.Digest).ToDictionary(g => g.Key, g => g.ToList());
        var versions = weights.Where(w => w.Value > 0).Select(w => w.Key).Union(byVersion.Keys).Order(StringComparer.Ordinal);
        return new EdgeRouting(
            [.. versions.Select(v => new EdgeVersion(v, weights.GetValueOrDefault(v), Serving(byVersion.GetValueOrDefault(v) ?? [])))],
            endpoints);
    }

    public static bool Same(EdgeRouting one, EdgeRouting other) =>
        one.Endpoints.SequenceEqual(other.Endpoints)
        && one.Versions.Count == other.Versions.Count
        && one.Versions.Zip(other.Versions).All(v => v.First.Digest == v.Second.Digest
            && v.First.Weight == v.Second.Weight
            && v.First.Instances.SequenceEqual(v.Second.Instances));

    /// <summary>The ready ones. Where none is, those that were and still live: a version that is sick as a whole goes on answering, so
    /// that its errors are seen as its own, and a partial failure is not made a total one. One that was never ready gets nothing.</summary>
    private static List<EdgeInstance> Serving(List<Workload> version)
    {
        var ready = version.Where(i => i.State == InstancePhase.Ready).ToList();
        var serving = ready.Count > 0 ? ready : version.Where(i => i.State == InstancePhase.Unready);
        return [.. serving.Select(i => new EdgeInstance(i.Record.Id, i.Address))];
    }
}
