using System.Text.Json;
using CsCheck;

namespace Tidegate.Rollouts;

/// <summary>What no verdict on a release may depend on. A failure prints the seed and the smallest case that shows
/// it.</summary>
public sealed class RolloutPropertyTests
{
    private const int Cases = 200;

    [Fact]
    public void A_rollout_killed_anywhere_and_read_again_from_text_goes_on_as_an_undisturbed_one() =>
        Gen.Select(AnyRollout.Release, Gen.Int[0, 50]).Sample((windows, cut) =>
        {
            var (undisturbed, recorded) = Play(AnyRollout.Plan, AnyRollout.Reference, windows);
            var text = recorded.Select(w => JsonSerializer.Serialize(w)).ToList();

            var killed = Fold(AnyRollout.Plan, AnyRollout.Reference, recorded.Take(cut));
            var resumed = Fold(AnyRollout.Plan, AnyRollout.Reference,
                text.Select(t => JsonSerializer.Deserialize<RolloutWindow>(t)!).Take(cut));
            if (Summary(killed) != Summary(resumed)) return false;

            foreach (var window in recorded.Skip(cut)) See(resumed, window);
            return Summary(resumed) == Summary(undisturbed);
        }, iter: Cases);

    [Fact]
    public void What_endpoints_are_called_and_so_their_order_does_not_matter() =>
        Gen.Select(AnyRollout.Release, Gen.Int[0, 999].Array[AnyRollout.Endpoints]).Sample((windows, names) =>
        {
            int[] order = [.. Enumerable.Range(0, AnyRollout.Endpoints).OrderBy(i => names[i])];
            var renamed = AnyRollout.Plan with { Endpoints = [.. order.Select(i => $"/called-{names[i]}-{i}")] };
            var parts = AnyRollout.Reference.EndpointShares;
            var shares = AnyRollout.Reference with { EndpointShares = [.. order.Select(i => parts[i])] };

            var (before, recorded) = Play(AnyRollout.Plan, AnyRollout.Reference, windows);
            var after = Fold(renamed, shares, recorded.Select(w => Reordered(w, order)));

            return before.Says == after.Says && before.At == after.At
                && Math.Abs(Math.Log(before.Merged) - Math.Log(after.Merged)) < 1e-9
                && Math.Abs(before.Rest - after.Rest) <= 1e-9 * before.Rest;
        }, iter: Cases);

    [Fact]
    public void One_more_failure_of_the_candidate_in_the_first_window_never_makes_the_evidence_weaker() =>
        Gen.Select(AnyRollout.Region(60, Gen.Frequency((4, Gen.Const(0.0)), (1, Gen.Double[0, 0.3]))),
            Gen.Int[0, AnyRollout.Instances - 1], Gen.Int[0, 2])
            .Sample((window, instance, endpoint) =>
            {
                var cell = window.Candidate[instance];
                if (cell.Failures >= cell.Requests) return true;

                return First(Worse(window, instance, endpoint)) >= First(window) * (1 - 1e-12);
            }, iter: 10 * Cases);

    [Fact]
    public void At_a_billion_requests_in_every_window_no_number_overflows_and_none_is_lost() =>
        AnyRollout.HugeRelease.Sample(windows =>
        {
            // With an infinite threshold nothing ends the release, so that the evidence piles up to the last window.
            var plan = AnyRollout.Plan with { Options = AnyRollout.Quick with { Alpha = double.Epsilon } };
            var rollout = Rollout.Begin(plan, AnyRollout.Reference);
            var step = 0;
            rollout.Enter(step);
            foreach (var window in windows)
            {
                See(rollout, window.At(rollout));
                if (!IsSound(rollout)) return false;
                if (rollout.Says == RolloutSays.Passed && ++step < plan.Phases.Count) rollout.Enter(step);
            }

            return true;
        }, iter: Cases);

    /// <summary>The rollout at its own shares, and the windows as they were recorded.</summary>
    private static (Rollout Rollout, List<RolloutWindow> Recorded) Play(
        RolloutPlan plan, RolloutReference reference, RolloutWindow[] windows)
    {
        var (rollout, recorded) = (Rollout.Begin(plan, reference), new List<RolloutWindow>());
        rollout.Enter(0);
        foreach (var window in windows)
        {
            recorded.Add(window.At(rollout));
            See(rollout, recorded[^1]);
        }

        return (rollout, recorded);
    }

    private static Rollout Fold(RolloutPlan plan, RolloutReference reference, IEnumerable<RolloutWindow> windows)
    {
        var rollout = Rollout.Begin(plan, reference);
        rollout.Enter(0);
        foreach (var window in windows) See(rollout, window);
        return rollout;
    }

    /// <summary>A step that has passed is followed by the next.</summary>
    private static void See(Rollout rollout, RolloutWindow window)
    {
        rollout.See(window);
        if (rollout.Says != RolloutSays.Passed) return;
        for (var step = 0; step < AnyRollout.Plan.Phases.Count; step++)
        {
            if (ReferenceEquals(AnyRollout.Plan.Phases[step], rollout.Phase) && step + 1 < AnyRollout.Plan.Phases.Count)
            {
                rollout.Enter(step + 1);
                return;
            }
        }
    }

    /// <summary>To the last bit.</summary>
    private static string Summary(Rollout r) => JsonSerializer.Serialize(new object[]
    {
        r.At, r.Says, r.Because, r.Phase.Kind, r.Merged, r.Rest, r.Accused.Kind, r.Accused.Name, r.Accused.Region,
        r.Bound, r.Shown,
        r.For.Failures, r.For.Slow, r.Incident ?? "", r.Probing, r.Probes, r.Sheltering, r.SlowSuspected,
        double.IsNaN(r.FullAt) ? -1 : r.FullAt,
        string.Join(' ', r.Targets(SomeRollout.Candidate).Select(t => $"{t.Region} {string.Join(' ', t.Versions)}")),
    });

    private static bool IsSound(Rollout r) =>
        double.IsFinite(r.Merged) && double.IsFinite(r.Rest) && r.Merged >= 0 && r.Bound is > 0 and <= 1
        && double.IsFinite(r.For.Failures) && double.IsFinite(r.For.Slow) && r.Parts.Values.All(double.IsFinite);

    private static RolloutWindow Reordered(RolloutWindow window, int[] order) => window with
    {
        Regions = [.. window.Regions.Select(r => r with
        {
            Endpoints = [.. order.Select(i => r.Endpoints![i])],
            Answers = [.. order.Select(i => r.Answers![i])],
        })],
    };

    /// <summary>M after one window of the first region, with all capital begun.</summary>
    private static double First(RegionWindow window)
    {
        var evidence = new RolloutEvidence(AnyRollout.Plan, AnyRollout.Reference);
        evidence.Begin(null, 1);
        evidence.Begin(0, 1);
        evidence.Split(0, window, 5, warm: true, steady: true, slow: true, StartLift.None);
        evidence.Merge(new(5, [window, window with { Candidate = [], Running = [], Deaths = null, Memory = null }]), 5,
            split: true);
        return evidence.Merged;
    }

    private static RegionWindow Worse(RegionWindow window, int instance, int endpoint)
    {
        var cell = window.Candidate[instance];
        InstanceCell[] cells = [.. window.Candidate];
        cells[instance] = cell with { Failures = cell.Failures + 1 };
        long[][] endpoints = [.. window.Endpoints!.Select(e => e.ToArray())];
        var at = 4 * cell.Zone;
        if (endpoints[endpoint][at + 2] < endpoints[endpoint][at]) endpoints[endpoint][at + 2]++;
        return window with { Candidate = cells, Endpoints = endpoints };
    }
}
