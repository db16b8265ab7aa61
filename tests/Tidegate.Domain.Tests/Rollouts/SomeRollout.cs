namespace Tidegate.Rollouts;

/// <summary>A plan and a reference for tests: alike regions, nothing unusual in the hour before.</summary>
internal static class SomeRollout
{
    public static ArtifactDigest Candidate { get; } = ArtifactDigest.Parse("sha256:" + new string('b', 64));

    private static ArtifactDigest Running { get; } = ArtifactDigest.Parse("sha256:" + new string('a', 64));

    public static RolloutPlan Plan(int regions, int endpoints = 0, RolloutOptions? options = null, bool canary = true)
    {
        string[] names = [.. Enumerable.Range(0, regions).Select(r => $"region-{r}")];
        RolloutPhase[] waves = [.. names.Select(n => new RolloutPhase(PhaseKind.Wave, [n]))];
        return new(
            "test", options ?? RolloutOptions.Default,
            [.. names.Select(n => new RolloutRegion(n, Running, 6, 2, 3, 40))],
            [.. canary ? [new RolloutPhase(PhaseKind.Canary, [names[0]])] : Array.Empty<RolloutPhase>(), .. waves,
                new(PhaseKind.Watch, names)],
            3, TrafficShare.Percent(15),
            [.. Enumerable.Range(0, endpoints).Select(e => $"/endpoint-{e}")], [], [], 1, 3, null, null, 0)
        {
            Waves = [.. names.Select(n => (string[])[n])],
        };
    }

    public static RolloutReference Reference(
        int regions, int endpoints = 0, double failures = 0.01, double dispersion = 1, double slow = 1,
        int zones = 1) => new(
        TimeSpan.FromHours(1),
        [.. Enumerable.Range(0, regions).Select(_ => Region(failures, dispersion, zones))],
        failures, dispersion, [slow, slow, slow], 1, 24,
        [.. Enumerable.Repeat(1.0 / Math.Max(1, endpoints), endpoints)]);

    private static RegionReference Region(double failures, double dispersion, int zones) => new(
        40, failures, dispersion, 1, dispersion, 30, HitRate.Of(1 - Math.Pow(1 - failures, 30), 30).PerRequest, [],
        [new(100, 105, 116), new(50, 53, 58), new(10, 10.5, 11.6)], 0.01,
        [.. Enumerable.Range(0, zones).Select(z => $"zone-{z}")]);
}
