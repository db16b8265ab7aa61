namespace Tidegate.Engine;

/// <summary>What must stand while a step is watched, and whether it still does. "Placed" was true when it was seen; "healthy" is said of what is there now.</summary>
internal sealed class Standing
{
    private readonly ArtifactDigest _candidate;
    private readonly IReadOnlyList<RegionTarget> _step;
    private readonly IReadOnlyList<RegionTarget> _earlier;

    /// <param name="share">The candidate's share that the evidence has led to; null: as the step says.</param>
    public Standing(ReleasePlan plan, int number, TrafficShare? share)
    {
        _candidate = plan.Candidate.Digest;
        _step = plan.Steps[number].At(share, _candidate);
        _earlier = [.. plan.Steps.Take(number).SelectMany(s => s.Targets).GroupBy(t => t.Region, (_, of) => of.Last()).Where(t => !_step.Any(s => s.Region == t.Region))];
        WantedIn = plan.Steps[number].Targets.Count == 0 ? null : [.. _step.Concat(_earlier).Where(t => Wanted(t) > 0).Select(t => t.Region)];
    }

    /// <summary>Regions in which the candidate must be there; null where nothing was placed, and what runs is judged as it is.</summary>
    public IReadOnlyList<string>? WantedIn { get; }

    /// <summary>Regions that earlier steps have placed and this one does not touch.</summary>
    public IEnumerable<string> Earlier => _earlier.Select(t => t.Region);

    /// <summary>What is not as it was placed; null when all is.</summary>
    public string? Drift(EnvironmentObservation now) =>
        _step.Where(t => !Stands(t, now[t.Region])).Select(t => Words(t, now[t.Region]))
            // The evidence may have left another share there than its step says, so only its instances are looked at.
            .Concat(_earlier.Where(t => (now[t.Region].Of(_candidate)?.Ready ?? 0) < Wanted(t)).Select(t => Words(t, now[t.Region])))
            .FirstOrDefault();

    /// <summary>The region is exactly as desired: digests, ready instances, weights in effect, and nothing else.</summary>
    public static bool Stands(RegionTarget target, RegionObservation now) =>
        now.Convergence == Convergence.Converged
        && now.Versions.Count == target.Versions.Count
        && target.Versions.All(t => now.Of(t.Digest) is { } seen
            && seen.Ready == t.Instances
            && seen.Instances.Count == t.Instances
            && Math.Abs(seen.Share.BasisPoints - t.Share.BasisPoints) <= 1);

    private int Wanted(RegionTarget target) => target.Versions.FirstOrDefault(v => v.Digest == _candidate)?.Instances ?? 0;

    private static string Words(RegionTarget wanted, RegionObservation now) => $"{wanted} is wanted, {(now.Versions.Count == 0
        ? "nothing is there"
        : $"{string.Join(" + ", now.Versions.Select(v => $"{v.Ready}×{v.Digest.Brief} at {v.Share}"))} is ready")}";
}
