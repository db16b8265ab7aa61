using CsCheck;

namespace Tidegate.Rollouts;

/// <summary>Counts of any release, two regions of two zones: what the properties of a rollout are tried on.</summary>
/// <remarks>Only the shares come from the rollout itself, as they would; all counts are drawn before.</remarks>
internal static class AnyRollout
{
    public const int Regions = 2, Zones = 2, Endpoints = 3, Instances = 3;

    public static RolloutOptions Quick { get; } = RolloutOptions.Default with
    {
        WarmUp = TimeSpan.FromSeconds(5),
        MinimumTime = TimeSpan.FromSeconds(10),
        LowTrafficTime = TimeSpan.FromSeconds(30),
        CapTime = TimeSpan.FromSeconds(60),
        WatchTime = TimeSpan.FromSeconds(40),
        ProbeTime = TimeSpan.FromSeconds(10),
    };

    public static RolloutPlan Plan { get; } = SomeRollout.Plan(Regions, Endpoints, Quick);

    public static RolloutReference Reference { get; } = SomeRollout.Reference(Regions, Endpoints, zones: Zones);

    /// <summary>Up to fifty windows with a few hundred requests each, most of them without a failure.</summary>
    public static Gen<RolloutWindow[]> Release { get; } = Window(60,
        Gen.Frequency((9, Gen.Const(0.0)), (1, Gen.Double[0, 0.3]))).Array[1, 50];

    /// <summary>Up to a billion requests of each instance in each window, and any number of them failed.</summary>
    public static Gen<RolloutWindow[]> HugeRelease { get; } = Window(1_000_000_000,
        Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1], Gen.Const(1.0))).Array[1, 12];

    public static Gen<RolloutWindow> Window(long most, Gen<double> failing) =>
        from regions in Region(most, failing).Array[Regions]
        from incident in Gen.Frequency((30, Gen.Const((string?)null)), (1, Gen.Const((string?)"somebody else's")))
        select new RolloutWindow(5, regions, incident);

    public static Gen<RegionWindow> Region(long most, Gen<double> failing) =>
        from mine in Cells("c", most, failing)
        from theirs in Cells("o", most, failing)
        from slow in Slow(mine, theirs)
        from endpoints in Split(mine, theirs)
        from answers in Gen.Long[0, most].Array[2 * AnswerKinds.Count].Array[Endpoints]
        from journeys in Gen.Frequency((2, Gen.Const((long[]?)null)), (1, Walks.Select(w => (long[]?)w)))
        from ready in Gen.Frequency((8, Gen.Const(0L)), (1, Gen.Const(1L))).Array[2]
        from deaths in Gen.Frequency((30, Gen.Const(0)), (1, Gen.Const(1))).Array[2]
        from memory in Gen.Double[-3, 3]
        from missing in Gen.Frequency((20, Gen.Const((string?)null)), (1, Gen.Const((string?)"unread")))
        select new RegionWindow
        {
            Missing = missing,
            CandidateReady = 6,
            RunningReady = Instances,
            Candidate = mine,
            Running = theirs,
            Endpoints = endpoints,
            Answers = answers,
            Slow = slow,
            Journeys = journeys,
            Ready = [Instances, Instances, ready[0], ready[1]],
            Deaths = deaths,
            Memory = memory,
        };

    private static readonly Gen<long[]> Walks =
        from a in Gen.Frequency((6, Gen.Const(0L)), (1, Gen.Const(1L)))
        from b in Gen.Frequency((6, Gen.Const(0L)), (1, Gen.Const(1L)))
        select new[] { 1, 1, a, b };

    private static Gen<InstanceCell[]> Cells(string name, long most, Gen<double> failing) =>
        from requests in Gen.Long[0, most].Array[Instances]
        from share in failing.Array[Instances]
        select requests.Select((n, i) => new InstanceCell($"{name}{i}", i % Zones, n, (long)(n * share[i]))).ToArray();

    /// <summary>At three edges: the candidate's requests beyond tolerance, margin and edge, and the running version's
    /// beyond the edge.</summary>
    private static Gen<long[][]> Slow(InstanceCell[] mine, InstanceCell[] theirs) =>
        from part in Gen.Double[0, 1].Array[4].Array[3]
        let n = mine.Sum(c => c.Requests)
        let m = theirs.Sum(c => c.Requests)
        select part.Select((p, q) =>
        {
            var most = new[] { 0.02, 0.2, 1 }[q];
            var edge = (long)(n * most * p[0]);
            var tolerated = (long)(edge * p[1]);
            return new[] { tolerated, (long)(tolerated * p[2]), edge, (long)(m * most * p[3]) };
        }).ToArray();

    /// <summary>The first endpoint has half of what a zone has, the others a quarter each.</summary>
    private static Gen<long[][]> Split(InstanceCell[] mine, InstanceCell[] theirs) =>
        Gen.Const(Enumerable.Range(0, Endpoints).Select(e =>
        Enumerable.Range(0, Zones).SelectMany(z => new[]
        {
            Part(mine.Where(c => c.Zone == z).Sum(c => c.Requests), e),
            Part(theirs.Where(c => c.Zone == z).Sum(c => c.Requests), e),
            Part(mine.Where(c => c.Zone == z).Sum(c => c.Failures), e),
            Part(theirs.Where(c => c.Zone == z).Sum(c => c.Failures), e),
        }).ToArray()).ToArray());

    private static long Part(long all, int endpoint) => endpoint switch { 0 => all - (2 * (all / 4)), _ => all / 4 };

    /// <summary>As the rollout would be told of it: at the shares that it wants.</summary>
    public static RolloutWindow At(this RolloutWindow window, Rollout rollout) => window with
    {
        Regions = [.. window.Regions.Select((r, i) => r with { Share = Share(rollout, $"region-{i}") })],
    };

    private static TrafficShare Share(Rollout rollout, string region)
    {
        var target = rollout.Targets(SomeRollout.Candidate).FirstOrDefault(t => t.Region == region);
        return target is null ? TrafficShare.None
            : target.Versions.FirstOrDefault(v => v.Digest == SomeRollout.Candidate)?.Share ?? TrafficShare.None;
    }
}
