using CsCheck;

namespace Tidegate.Gates.Sequential;

/// <summary>One window's counts of any release: what the gate's properties are tried on.</summary>
internal sealed record AnyWindow(PairedCounts[] Endpoints, SlowCounts Slow99, SlowCounts Slow90, SlowCounts Slow50, double? Memory)
{
    public const int EndpointCount = 4;

    /// <summary>Windows of the longest release: enough to warm up, to be promoted and to be probed with short settings.</summary>
    public const int Most = 10;

    /// <summary>Up to a minute with a few hundred requests in each window, most of them without a failure.</summary>
    public static Gen<AnyWindow[]> Release { get; } = Of(
        from ours in Gen.Long[0, 40]
        from theirs in Gen.Long[0, 80]
        from ourFailures in Gen.Frequency((6, Gen.Const(0L)), (1, Gen.Long[0, Math.Min(ours, 3)]))
        from theirFailures in Gen.Frequency((6, Gen.Const(0L)), (1, Gen.Long[0, Math.Min(theirs, 3)]))
        select new PairedCounts(ours, theirs, ourFailures, theirFailures)).Array[1, Most];

    /// <summary>Up to a billion requests of each version in each window, and any number of them failed.</summary>
    public static Gen<AnyWindow[]> HugeRelease { get; } = Of(
        from ours in Gen.Long[0, 1_000_000_000 / EndpointCount]
        from theirs in Gen.Long[0, 1_000_000_000 / EndpointCount]
        from ourFailures in Gen.OneOf(Gen.Const(0L), Gen.Long[0, ours], Gen.Const(ours))
        from theirFailures in Gen.OneOf(Gen.Const(0L), Gen.Long[0, theirs], Gen.Const(theirs))
        select new PairedCounts(ours, theirs, ourFailures, theirFailures)).Array[1, Most];

    public GateReading Reading(double share, bool missing = false) =>
        new(share, missing, Endpoints.Aggregate(PairedCounts.Add), Endpoints, Slow99, Slow90, Slow50, Memory);

    /// <summary>A window that nobody could read.</summary>
    public static GateReading Missing(double share) => new(share, true, default, default, default, default, default, null);

    private static Gen<AnyWindow> Of(Gen<PairedCounts> endpoint) =>
        from endpoints in endpoint.Array[EndpointCount]
        let whole = endpoints.Aggregate(PairedCounts.Add)
        from slow99 in Slow(whole, 0.02)
        from slow90 in Slow(whole, 0.2)
        from slow50 in Slow(whole, 1)
        from memory in Gen.Double[-3, 3]
        from read in Gen.Bool
        select new AnyWindow(endpoints, slow99, slow90, slow50, read ? memory : null);

    private static Gen<SlowCounts> Slow(PairedCounts whole, double most) =>
        from edge in Gen.Long[0, (long)(whole.Candidate * most)]
        from tolerated in Gen.Long[0, edge]
        from margin in Gen.Long[0, tolerated]
        from baseline in Gen.Long[0, (long)(whole.Baseline * most)]
        select new SlowCounts(tolerated, margin, edge, baseline);
}
