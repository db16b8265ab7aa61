namespace Tidegate;

/// <summary>One region on its way: what is wanted of it, what stands, and where it is between its first instance and all of its requests.</summary>
internal sealed class RegionTrack(RolloutRegion region)
{
    public RolloutRegion Region => region;

    /// <summary>Instances of the candidate that are wanted, and those that have come.</summary>
    public int Wanted { get; set; }

    public int Arrived { get; set; }

    /// <summary>Instances of the version before that are wanted.</summary>
    public int Old { get; set; } = region.Instances;

    /// <summary>The candidate's share that is wanted: 0 to 1.</summary>
    public double Share { get; set; }

    /// <summary>In the newest window; null before the first.</summary>
    public TrafficShare? Stood { get; set; }

    /// <summary>The share of the newest window is that of the window before: connections are not new.</summary>
    public bool Steady { get; set; }

    /// <summary>No larger share than this before the next step: the region has the instances for no more.</summary>
    public double Cap { get; set; }

    /// <summary>0: not begun; then the batch of its wave, from 1.</summary>
    public int Batch { get; set; }

    /// <summary>From when on not only hard failures count; infinite before the first instance.</summary>
    public double WarmAt { get; set; } = double.PositiveInfinity;

    /// <summary>When its present batch began, or its instances came.</summary>
    public double Since { get; set; }

    /// <summary>Nine tenths of the requests go to the candidate before the last tenth does; when they did.</summary>
    public bool NineTenths { get; set; }

    public double NineTenthsAt { get; set; }

    /// <summary>All requests go to the candidate; since when.</summary>
    public bool Full { get; set; }

    public double FullAt { get; set; }

    /// <summary>Withdrawn while slow requests are given time to show that they were cold starts.</summary>
    public bool Struck { get; set; }

    /// <summary>Until when journeys are walked more often, after one has failed.</summary>
    public double BurstUntil { get; set; }

    /// <summary>Instances that had come are not there, or not ready.</summary>
    public bool Gone { get; set; }

    public bool Placing => Wanted > Arrived;

    public bool IsSplit => Stood is { } stood && stood > TrafficShare.None && stood < TrafficShare.All;

    public double RequestsPerSecond { get; set; } = region.RequestsPerSecond;

    public void Place(int candidate, int old, double cap, double at)
    {
        (Wanted, Old, Cap) = (candidate, old, cap);
        if (!Placing) Since = at;
    }

    /// <summary>The share that users may be taken back to at once: the one before, and never less than leaves the warm
    /// instances of the version before what they can carry. Half of the instances under all of the requests is an outage.</summary>
    /// <param name="before">What was proved: 0 to 1.</param>
    public double Back(double before) => Math.Min(Share, Math.Max(before, 1 - (Old / (double)region.Instances)));

    /// <summary>What is desired of the platform now.</summary>
    public RegionTarget Target(ArtifactDigest candidate)
    {
        var share = new TrafficShare(Math.Clamp((int)Math.Round(Share * 10_000), Share > 0 ? 1 : 0, 10_000));
        if (Wanted == 0) return PlanBuilder.Only(region.Name, region.Baseline!.Value, Old);
        return Old == 0 || region.Baseline is not { } baseline
            ? PlanBuilder.Only(region.Name, candidate, Wanted)
            : new(region.Name, [new(baseline, Old, share.Rest), new(candidate, Wanted, share)]);
    }
}
