namespace Tidegate.Gates.Sequential;

/// <summary>What speaks for a candidate where a window has hardly a request (GATE-RELEASE's D9), and what is needed
/// beside it (D14).</summary>
public sealed class SparseTrafficTests
{
    private static readonly GateReference Quiet = new(0.01, 0.0085, 1, 1, 0.2, [1]);

    private static readonly SequentialOptions FromTheFirstSecond =
        SequentialOptions.Default with { WarmUp = TimeSpan.Zero };

    [Fact]
    public void Windows_in_which_one_version_had_no_request_wait_and_are_compared_together()
    {
        var gate = new SequentialGate(FromTheFirstSecond, Quiet);
        var (apart, together) = (gate.Begin(), gate.Begin());

        apart = Play(gate, apart, new(0, 5, 0, 1), new(2, 0, 0, 0), new(0, 2, 0, 1));
        var alone = Play(gate, gate.Begin(), new PairedCounts(2, 0, 0, 0));
        apart.For.FailuresLogValue.ShouldBe(alone.For.FailuresLogValue, 1e-12);
        apart.For.Candidate.Exposures.ShouldBe(2);
        apart = Play(gate, apart, new PairedCounts(1, 0, 0, 0));
        together = Play(gate, together, new PairedCounts(3, 7, 0, 2));

        apart.For.FailuresLogValue.ShouldBe(together.For.FailuresLogValue, 1e-12);
        apart.For.FailuresLogValue.ShouldBeGreaterThan(0);
        apart.For.Slow99.ShouldBe(together.For.Slow99);
        apart.For.Waiting.ShouldBe(default);
    }

    [Fact]
    public void What_waits_is_forgotten_when_the_weight_changes()
    {
        var gate = new SequentialGate(FromTheFirstSecond, Quiet);
        var state = Play(gate, gate.Begin(), new PairedCounts(0, 9, 0, 2));
        state.For.Waiting.Failures.Requests.ShouldBe(9);

        state = gate.Next(state, Window(0.5, new(5, 4, 0, 0)));

        state.For.Waiting.Failures.ShouldBe(new PairedCounts(5, 4, 0, 0));
        state.For.Failures.ShouldBe(default);
    }

    [Fact]
    public void A_probe_pools_too()
    {
        var gate = new SequentialGate(FromTheFirstSecond, Quiet);
        var probing = gate.BeginWatch() with { Phase = GatePhase.Probe, Weight = Probe.Share, LastShare = Probe.Share };

        var apart = Play(gate, probing, new(0, 6, 0, 1), new(3, 0, 0, 0), new PairedCounts(0, 1, 0, 0));
        var together = Play(gate, probing, new PairedCounts(3, 7, 0, 1));

        apart.Probe.Failures.ShouldBe(together.Probe.Failures);
        apart.Probe.Failures.LogValue.ShouldBeGreaterThan(0);
        apart.Probe.Slowness.ShouldBe(together.Probe.Slowness);
    }

    [Fact]
    public void Nothing_is_promoted_while_it_is_suspected_whatever_speaks_for_it()
    {
        // One small endpoint of three fails often once there is some load; all requests together look fine.
        var reference = new GateReference(0.001, 0.0085, 1, 1, 2_000, [0.5, 0.499, 0.001]);
        var (windows, trusting) = Promoted(
            new SequentialGate(SequentialOptions.Default with { Alpha = double.Epsilon, Beta = 1e-6 }, reference));
        trusting.PromotedByEvidence.ShouldBeTrue();
        trusting.Against.LogValue.ShouldBeGreaterThan(Math.Log(10));

        // The same windows, a third of the way to an accusation at the moment of the promotion.
        var alpha = 1 / (3 * Math.Exp(trusting.Against.LogValue));
        var careful = new SequentialGate(SequentialOptions.Default with { Alpha = alpha, Beta = 1e-6 }, reference);
        var state = careful.Begin();
        for (var i = 0; i < windows; i++) state = careful.Next(state, OneBadEndpoint(state.Weight));

        state.Against.LogValue.ShouldBe(trusting.Against.LogValue, 1e-9);
        state.Phase.ShouldBe(GatePhase.Ramp);
    }

    private static (int Windows, SequentialState State) Promoted(SequentialGate gate)
    {
        var (windows, state) = (0, gate.Begin());
        for (; windows < 300 && state.Phase == GatePhase.Ramp; windows++)
        {
            state = gate.Next(state, OneBadEndpoint(state.Weight));
        }

        state.Phase.ShouldBe(GatePhase.Watch);
        return (windows, state);
    }

    private static GateReading OneBadEndpoint(double weight)
    {
        var mine = (long)(10_000 * weight);
        var fine = new PairedCounts(mine / 2, (10_000 - mine) / 2, mine / 4_000, 5);
        PairedCounts[] endpoints = [fine, fine, new(2, 18, mine > 1_000 ? 1 : 0, 0)];
        var slow = Fast(mine, 10_000 - mine);
        return new(weight, false, endpoints.Aggregate(PairedCounts.Add), endpoints, slow, slow, slow, null);
    }

    private static SlowCounts Fast(long mine, long theirs) => new(mine / 400, mine / 400, mine / 200, theirs / 100);

    private static SequentialState Play(SequentialGate gate, SequentialState state, params PairedCounts[] windows) =>
        windows.Aggregate(state, (s, w) => gate.Next(s, Window(s.LastShare, w)));

    private static GateReading Window(double share, PairedCounts counts)
    {
        var slow = new SlowCounts(0, 0, 0, counts.BaselineEvents);
        return new(share, false, counts, new[] { counts }, slow, slow, slow, null);
    }
}
