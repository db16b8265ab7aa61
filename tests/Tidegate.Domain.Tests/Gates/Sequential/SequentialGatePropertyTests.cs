using System.Text.Json;
using CsCheck;

namespace Tidegate.Gates.Sequential;

/// <summary>What no verdict may depend on. A failure prints the seed and the smallest case that shows it.</summary>
public sealed class SequentialGatePropertyTests
{
    private const int Cases = 20_000;
    private static readonly double[] Shares = [0.4, 0.3, 0.2, 0.1];
    private static readonly GateReference Reference = new(0.001, 0.0085, 1, 1, 100, Shares);

    private static readonly SequentialOptions Quick = SequentialOptions.Default with
    {
        WarmUp = TimeSpan.FromSeconds(10),
        MinimumTime = TimeSpan.FromSeconds(20),
        FirstWeight = 0.1,
        WatchTime = TimeSpan.FromSeconds(30),
        EndpointFloor = 5,
    };

    /// <summary>A ramp by evidence stays in its first phase in so few windows; fixed steps come to the watch and to the probe.</summary>
    private static readonly Gen<SequentialOptions> AnyOptions =
        Gen.OneOf(Gen.Const(Quick), Gen.Const(Quick with { Steps = [new(0.2, TimeSpan.FromSeconds(10)), new(0.4, TimeSpan.FromSeconds(10))] }));

    [Fact]
    public void What_the_endpoints_are_called_and_so_their_order_does_not_matter() =>
        Gen.Select(AnyOptions, AnyWindow.Release, Gen.Int[0, 999].Array[AnyWindow.EndpointCount]).Sample((options, windows, names) =>
        {
            // Whoever reads the counts orders the endpoints by name: new names are another order.
            int[] order = [.. Enumerable.Range(0, AnyWindow.EndpointCount).OrderBy(i => names[i])];
            var renamed = new SequentialGate(options, Reference with { EndpointShares = [.. order.Select(i => Shares[i])] });

            var before = Play(new SequentialGate(options, Reference), windows);
            var after = Play(renamed, windows.Select(w => w with { Endpoints = [.. order.Select(i => w.Endpoints[i])] }));

            return before.Phase == after.Phase && before.Weight == after.Weight && Math.Abs(before.Against.LogValue - after.Against.LogValue) < 1e-9;
        }, iter: Cases);

    [Fact]
    public void The_order_of_the_signals_does_not_matter_as_long_as_each_keeps_its_weight() =>
        Gen.Select(Gen.Double[-50, 1_000_000].Array[7], Gen.Double[0.01, 1].Array[7], Gen.Int[0, 999].Array[7]).Sample((evidence, weights, keys) =>
        {
            int[] order = [.. Enumerable.Range(0, 7).OrderBy(i => keys[i])];
            var (one, other) = (Merge(evidence, weights), Merge([.. order.Select(i => evidence[i])], [.. order.Select(i => weights[i])]));
            return Math.Abs(one - other) <= 1e-12 * Math.Max(1, Math.Abs(one));
        }, iter: Cases);

    [Fact]
    public void Missing_windows_never_improve_a_verdict_wherever_they_come() =>
        Gen.Select(AnyOptions, AnyWindow.Release, Gen.Int[0, 3].Array[AnyWindow.Most]).Sample((options, windows, missing) =>
        {
            var gate = new SequentialGate(options, Reference);
            var with = gate.Begin();
            for (var i = 0; i < windows.Length; i++)
            {
                // What a window holds that could not be read is anything, and none of it counts.
                for (var m = 0; m < missing[i]; m++) with = gate.Next(with, windows[i].Reading(with.Weight, missing: true));
                with = gate.Next(with, windows[i].Reading(with.Weight));
            }

            return AreAlike(with, Play(gate, windows));
        }, iter: Cases);

    [Fact]
    public void A_run_cut_in_two_by_a_kill_comes_to_the_verdict_of_an_undisturbed_one() =>
        Gen.Select(AnyOptions, AnyWindow.Release, Gen.Int[0, AnyWindow.Most], Gen.Int[0, 5]).Sample((options, windows, cut, away) =>
        {
            var recorded = new List<string>();
            var gate = new SequentialGate(options, Reference);
            var killed = gate.Begin();
            foreach (var window in windows.Take(cut))
            {
                var reading = window.Reading(killed.Weight);
                recorded.Add(JsonSerializer.Serialize(reading));
                killed = gate.Next(killed, reading);
            }

            // Nothing survives but the text of the readings. While nobody looked there was nothing to read.
            var next = new SequentialGate(options, Reference);
            var resumed = recorded.Aggregate(next.Begin(), (state, text) => next.Next(state, JsonSerializer.Deserialize<GateReading>(text)));
            for (var i = 0; i < away; i++) resumed = next.Next(resumed, AnyWindow.Missing(resumed.Weight));
            if (!AreAlike(resumed, killed)) return false;

            foreach (var window in windows.Skip(cut)) resumed = next.Next(resumed, window.Reading(resumed.Weight));
            return AreAlike(resumed, Play(gate, windows));
        }, iter: Cases);

    [Fact]
    public void One_more_failure_of_the_candidate_never_makes_the_accusation_weaker() =>
        Gen.Select(AnyWindow.Release, Gen.Int[0, AnyWindow.Most - 1], Gen.Int[0, 3]).Sample((windows, at, endpoint) =>
        {
            // Held at one weight: otherwise a failure also moves the ramp, and with it which requests the candidate gets.
            var gate = new SequentialGate(Quick with { Steps = [new(0.3, TimeSpan.FromHours(1))] }, Reference);
            var worse = windows.Select(w => w with { Endpoints = [.. w.Endpoints] }).ToArray();
            ref var counts = ref worse[at % windows.Length].Endpoints[endpoint];
            if (counts.CandidateEvents == counts.Candidate) return true;
            counts = counts with { CandidateEvents = counts.CandidateEvents + 1 };

            var (before, after) = (Play(gate, windows), Play(gate, worse));
            return after.Phase == GatePhase.RolledBack || after.Against.LogValue >= before.Against.LogValue - 1e-9;
        }, iter: Cases);

    [Fact]
    public void At_a_billion_requests_in_every_window_no_number_overflows_and_none_is_lost() =>
        AnyWindow.HugeRelease.Sample(windows =>
        {
            // With an infinite threshold nothing ends the release, so that the evidence piles up to the last window.
            var gate = new SequentialGate(Quick with { Alpha = double.Epsilon }, Reference with { RequestsPerSecond = 400_000_000 });
            return windows.Aggregate((State: gate.Begin(), Sound: true), (seen, window) =>
            {
                var state = gate.Next(seen.State, window.Reading(seen.State.Weight));
                return (state, seen.Sound && IsSound(state));
            }).Sound;
        }, iter: Cases);

    private static SequentialState Play(SequentialGate gate, IEnumerable<AnyWindow> windows) =>
        windows.Aggregate(gate.Begin(), (state, w) => gate.Next(state, w.Reading(state.Weight)));

    private static double Merge(double[] evidence, double[] weights) =>
        new ErrorBudget(weights[0], weights[1], weights[2], weights[3], weights[4], weights[5], weights[6])
            .Merge(evidence[0], evidence[1], evidence[2], evidence[3], evidence[4], evidence[5], evidence[6]);

    /// <summary>To the last bit: both have seen the same readings in the same order.</summary>
    private static bool AreAlike(SequentialState one, SequentialState other) =>
        Summary(one).Equals(Summary(other)) && one.For.EndpointRequests.SequenceEqual(other.For.EndpointRequests);

    private static object Summary(SequentialState s) => (
        (s.Phase, s.Weight, s.Judged, s.InPhase, s.PromotedAt, s.Because),
        (s.Against.LogValue, s.Against.EndpointsLogValue, s.Against.Hard.Evidence.LogValue, s.Against.Errors.Evidence.LogValue),
        (s.Against.Slow99.Evidence.LogValue, s.Against.Slow90.Evidence.LogValue, s.Against.Slow50.Evidence.LogValue, s.Against.Memory),
        (s.For.Candidate, s.For.Failures, s.For.Slow99, s.For.Slow50, s.For.Bound, s.For.FailuresLogValue, s.For.Waiting),
        (s.Incident, s.Silence, s.Watch, s.Probe));

    private static bool IsSound(SequentialState s) =>
        s.Weight is >= 0 and <= 1 && s.For.Bound.WorstRate is > 0 and <= 1
        && new[]
        {
            s.Against.LogValue, s.Against.EndpointsLogValue, s.Against.Hard.Evidence.LogValue, s.Against.Errors.Evidence.LogValue,
            s.Against.Slow99.Evidence.LogValue, s.Against.Slow90.Evidence.LogValue, s.Against.Slow50.Evidence.LogValue, s.Against.Memory.LogValue,
            s.For.FailuresLogValue, s.For.Slow99.LogValue, s.For.Slow50.LogValue, s.Incident.Sum.LogValue, s.Silence.Share.LogValue,
            s.Watch.Failures.LogValue, s.Watch.Slowness.LogValue, s.Probe.Failures.LogValue, s.Probe.Slowness.LogValue,
        }.All(double.IsFinite);
}
