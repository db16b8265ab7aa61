namespace Tidegate;

/// <summary>A baseline of the same size and age: as many instances of the running version as the candidate has, started with it.</summary>
/// <remarks>Long-lived instances have warm caches and grown heaps; beside them a new version looks slower and smaller than it is.</remarks>
public static class FreshBaseline
{
    /// <summary>For each instance of the candidate the youngest instance of another version in the same region. Those whose age the platform does not tell are none.</summary>
    public static IReadOnlyList<string> Of(EnvironmentObservation now, ArtifactDigest candidate, IReadOnlySet<string> regions) =>
    [
        .. now.Regions.Where(r => regions.Contains(r.Region)).SelectMany(region => region.Versions
            .Where(v => v.Digest != candidate)
            .SelectMany(v => v.Instances)
            .Where(i => i.StartedAt is not null)
            .OrderByDescending(i => i.StartedAt)
            .ThenBy(i => i.Id, StringComparer.Ordinal)
            .Take(region.Of(candidate)?.Instances.Count ?? 0)
            .Select(i => i.Id)),
    ];
}
