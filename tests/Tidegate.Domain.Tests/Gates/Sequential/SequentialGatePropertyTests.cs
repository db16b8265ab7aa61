using CsCheck;

namespace Tidegate.Gates.Sequential;

public sealed class SequentialGatePropertyTests
{
    private const int Cases = 20_000;
    private static readonly double[] Shares = [0.4, 0.3, 0.2, 0.1];
    private static readonly GateReference Reference = new(0.001, 0.0085, 1, 1, 100, Shares);

    private static readonly SequentialOptions Quick = SequentialOptions.Default with
    {
        WarmUp = TimeSpan.FromSeconds(10),
        MinimumTime = TimeSpan.FromSeconds(30),
        FirstWeight = 0.1,
        WatchTime = TimeSpan.FromSeconds(60),
    };

    private static readonly Gen<PairedCounts> AnyEndpoint =
        from ours in Gen.Long[0, 40]
        from theirs in Gen.Long[0, 80]
        from ourFailures in Gen.Frequency((6, Gen.Const(0L)), (1, Gen.Long[0, Math.Min(ours, 3)]))
        from theirFailures in Gen.Frequency((6, Gen.Const(0L)), (1, Gen.Long[0, Math.Min(theirs, 3)]))
        select new PairedCounts(ours, theirs, ourFailures, theirFailures);

    private static readonly Gen<PairedCounts[][]> AnyRelease = AnyEndpoint.Array[4].Array[1, 24];

    [Fact]
    public void The_order_of_the_endpoints_and_so_their_names_do_not_matter() =>
        AnyRelease.Sample(windows =>
        {
            int[] order = [2, 0, 3, 1];
            var permuted = new SequentialGate(Quick, Reference with { EndpointShares = [.. order.Select(i => Shares[i])] });

            var one = Play(new SequentialGate(Quick, Reference), windows);
            var other = Play(permuted, windows.Select(w => order.Select(i => w[i]).ToArray()));

            return one.Phase == other.Phase && one.Weight == other.Weight && Math.Abs(one.Against.LogValue - other.Against.LogValue) < 1e-9;
        }, iter: Cases);

    [Fact]
    public void A_missing_window_never_improves_a_verdict() =>
        Gen.Select(AnyRelease, Gen.Int[0, 24]).Sample((windows, at) =>
        {
            var gate = new SequentialGate(Quick, Reference);
            var (without, with) = (gate.Begin(), gate.Begin());
            for (var i = 0; i < windows.Length; i++)
            {
                if (i == at % windows.Length) with = gate.Next(with, Reading(with.Weight, windows[i], missing: true));
                (without, with) = (gate.Next(without, Reading(without.Weight, windows[i])), gate.Next(with, Reading(with.Weight, windows[i])));
            }

            return with.Phase == without.Phase && with.Weight == without.Weight && with.Against.LogValue == without.Against.LogValue;
        }, iter: Cases);

    [Fact]
    public void One_more_failure_of_the_candidate_never_makes_the_accusation_weaker() =>
        Gen.Select(AnyRelease, Gen.Int[0, 23], Gen.Int[0, 3]).Sample((windows, at, endpoint) =>
        {
            // Held at one weight: otherwise a failure also moves the ramp, and with it which requests the candidate gets.
            var gate = new SequentialGate(Quick with { Steps = [new(0.3, TimeSpan.FromHours(1))] }, Reference);
            var worse = windows.Select(w => w.ToArray()).ToArray();
            ref var counts = ref worse[at % windows.Length][endpoint];
            if (counts.CandidateEvents == counts.Candidate) return true;
            counts = counts with { CandidateEvents = counts.CandidateEvents + 1 };

            var (before, after) = (Play(gate, windows), Play(gate, worse));
            return after.Phase == GatePhase.RolledBack || after.Against.LogValue >= before.Against.LogValue - 1e-9;
        }, iter: Cases);

    private static SequentialState Play(SequentialGate gate, IEnumerable<PairedCounts[]> windows) =>
        windows.Aggregate(gate.Begin(), (state, w) => gate.Next(state, Reading(state.Weight, w)));

    private static GateReading Reading(double share, PairedCounts[] endpoints, bool missing = false) =>
        new(share, missing, endpoints.Aggregate(PairedCounts.Add), endpoints, default, default, default, null);
}
