using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.Regions;

/// <summary>Decides how a region gets from what is to what is desired: start first, move the weights, stop last.</summary>
internal static class RegionPlanner
{
    public static RegionPlan Plan(RegionView view)
    {
        var active = view.Instances.Where(i => i.State != InstancePhase.Draining).ToList();
        if (view.Failed) return RegionPlan.Nothing with { Drain = [.. active.Where(i => i.IsNew && !i.Proven).Select(i => i.Id)] };

        // What an earlier attempt left behind says nothing about this one.
        if (active.Where(i => !i.Proven && i.HasFailed && !i.IsCurrent).Select(i => i.Id).ToList() is { Count: > 0 } remains) return RegionPlan.Nothing with { Drain = remains };

        if (active.FirstOrDefault(i => i.IsNew && i.HasFailed) is { } failed) return RegionPlan.Nothing with { GiveUpBecauseOf = failed.Id };

        var missing = view.Desired
            .Select(v => (v.Digest, Count: v.Instances - active.Count(i => i.Digest == v.Digest)))
            .Where(m => m.Count > 0)
            .ToDictionary(m => m.Digest, m => m.Count);
        if (missing.Count > 0) return RegionPlan.Nothing with { Start = missing };

        // Instances from before do not hold up what is new: they may be broken, and the new version their cure.
        var up = view.DependenciesReady && active.Where(i => i.IsNew).All(i => i.State == InstancePhase.Ready);
        return view.Settled || up
            ? RegionPlan.Nothing with { MoveWeights = !view.Settled, Drain = [.. Surplus(view.Desired, active)] }
            : RegionPlan.Nothing;
    }

    /// <summary>Of a version with too many instances the oldest healthy ones stay: they have proven most.</summary>
    private static IEnumerable<string> Surplus(IReadOnlyList<VersionDesired> desired, List<InstanceView> active) =>
        active.GroupBy(i => i.Digest).SelectMany(version =>
        {
            var wanted = desired.FirstOrDefault(v => v.Digest == version.Key)?.Instances ?? 0;
            return version.OrderByDescending(i => i.State == InstancePhase.Ready).Skip(wanted).Select(i => i.Id);
        });
}
