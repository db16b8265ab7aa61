namespace Tidegate.Engine;

/// <summary>What must stand while a step is watched, and whether it still does. "Placed" was true when it was seen; "healthy" is said of what is there now.</summary>
internal sealed class Standing
{
    private readonly ArtifactDigest _candidate;
    private readonly IReadOnlyList<RegionTarget> _step;
    private readonly IReadOnlyList<RegionTarget> _earlier;

    private readonly bool _onlyEarlier;

    private Standing(ReleasePlan plan, int number, IReadOnlyList<RegionTarget> step, bool onlyEarlier)
    {
        (_candidate, _step, _onlyEarlier) = (plan.Candidate.Digest, step, onlyEarlier);
        var touched = plan.Steps[number].Targets.Select(t => t.Region).ToHashSet(StringComparer.Ordinal);
        _earlier = [.. plan.Steps.Take(number).SelectMany(s => s.Targets).GroupBy(t => t.Region, (_, of) => of.Last()).Where(t => !touched.Contains(t.Region))];
        WantedIn = touched.Count == 0 ? null : [.. _step.Concat(_earlier).Where(t => Wanted(t) > 0).Select(t => t.Region)];
    }

    /// <summary>While a step is baked.</summary>
    /// <param name="share">The candidate's share that the evidence has led to; null: as the step says.</param>
    public static Standing Of(ReleasePlan plan, int number, TrafficShare? share) => new(plan, number, plan.Steps[number].At(share, plan.Candidate.Digest), onlyEarlier: false);

    /// <summary>While a step is being placed: what earlier steps have placed elsewhere.</summary>
    public static Standing OfEarlier(ReleasePlan plan, int number) => new(plan, number, [], onlyEarlier: true);

    /// <summary>Regions in which the candidate must be there; null where nothing was placed, and what runs is judged as it is.</summary>
    public IReadOnlyList<string>? WantedIn { get; }

    /// <summary>The part whose instances are asked: one that is being started answers as such, and one that drains
    /// answers for nothing any more.</summary>
    public EnvironmentObservation Part(EnvironmentObservation all) =>
        all with { Regions = [.. all.Regions.Where(r => !_onlyEarlier || IsEarlier(r.Region)).Select(WithoutLeaving)] };

    /// <summary>The part whose counts are judged. The running version's count wherever it runs: they tell what hits both.</summary>
    public TrafficReading Part(TrafficReading all) =>
        _onlyEarlier && all is TrafficReading.Counted counted ? new TrafficReading.Counted([.. counted.Versions.Where(v => v.Digest != _candidate || IsEarlier(v.Region))]) : all;

    /// <summary>What is not as it was placed; null when all is.</summary>
    public string? Drift(EnvironmentObservation now) =>
        _step.Where(t => !Stands(t, now[t.Region])).Select(t => Words(t, now[t.Region]))
            // The evidence may have left another share there than its step says, so only its instances are looked at.
            .Concat(_earlier.Where(t => (now[t.Region].Of(_candidate)?.Ready ?? 0) < Wanted(t)).Select(t => Words(t, now[t.Region])))
            .FirstOrDefault();

    /// <summary>The region is exactly as desired: digests, ready instances, weights in effect, and nothing else but
    /// what ends its last requests.</summary>
    public static bool Stands(RegionTarget target, RegionObservation now) =>
        now.Convergence == Convergence.Converged
        && WithoutLeaving(now) is var staying
        && staying.Versions.Count == target.Versions.Count
        && target.Versions.All(t => staying.Of(t.Digest) is { } seen
            && seen.Ready == t.Instances
            && seen.Instances.Count == t.Instances
            && Math.Abs(seen.Share.BasisPoints - t.Share.BasisPoints) <= 1);

    private static RegionObservation WithoutLeaving(RegionObservation region) => region with
    {
        Versions = [.. region.Versions.Where(v => !v.IsLeaving).Select(WithoutLeaving)],
    };

    private static VersionObservation WithoutLeaving(VersionObservation version) => version with
    {
        Instances = [.. version.Instances.Where(i => i.State != InstanceState.Draining)],
    };

    private bool IsEarlier(string region) => _earlier.Any(t => t.Region == region);

    private int Wanted(RegionTarget target) => target.Versions.FirstOrDefault(v => v.Digest == _candidate)?.Instances ?? 0;

    private static string Words(RegionTarget wanted, RegionObservation now) => $"{wanted} is wanted, {(now.Versions.Count == 0
        ? "nothing is there"
        : $"{string.Join(" + ", now.Versions.Select(v => $"{v.Ready}×{v.Digest.Brief} at {v.Share}"))} is ready")}";
}
