namespace Tidegate;

/// <summary>What a region can go back to before any instance has been started.</summary>
public static class WayBack
{
    /// <summary>Shares alone: the warm instances of the version before take what they can carry, which is their part of those that it had. All of
    /// the requests under a few of the instances would be an outage.</summary>
    /// <param name="before">What the region goes back to.</param>
    /// <param name="now">What runs there.</param>
    /// <returns>Null where it changes nothing, or where the whole way back needs no start.</returns>
    public static RegionTarget? AtOnce(RestoreStep before, RegionObservation now)
    {
        if (before.Baseline is not { } digest || now.Of(digest) is not { } old || now.Versions.Count != 2) return null;

        var ready = Math.Min(old.Ready, before.Instances);
        var carried = new TrafficShare(TrafficShare.All.BasisPoints * ready / Math.Max(1, before.Instances));
        if (ready == before.Instances || carried <= old.Share) return null;
        return new(now.Region, [.. now.Versions.Select(v => new VersionTarget(v.Digest, v.Instances.Count(i => i.State != InstanceState.Draining), v.Digest == digest ? carried : carried.Rest))]);
    }
}
