using CsCheck;

namespace Tidegate.Gates.Sequential;

public sealed class EProcessTests
{
    private const int Cases = 20_000;
    private static readonly double Hazard = ChangePoint.Hazard(TimeSpan.FromSeconds(5));
    private static readonly RateRatio Failures = RateRatio.FailuresBeyond(1.1);

    private static readonly Gen<PairedCounts> AnyWindow =
        from candidate in Gen.Long[0, 400]
        from baseline in Gen.Long[0, 900]
        from ours in Gen.Long[0, Math.Min(candidate, 6)]
        from theirs in Gen.Long[0, Math.Min(baseline, 6)]
        select new PairedCounts(candidate, baseline, ours, theirs);

    [Fact]
    public void Nothing_overflows_and_nothing_is_lost_at_a_billion_requests()
    {
        var worse = After([new(1_000_000_000, 1_000_000_000, 1_000_000_000, 1_000)]);
        var better = After([new(1_000_000_000, 1_000_000_000, 0, 1_000_000_000)]);

        worse.LogValue.ShouldBeInRange(1e8, 1e11);
        better.LogValue.ShouldBeInRange(-1, 0);
        double.IsNaN(After([new(1_000_000_000, 1, 1_000_000_000, 1), new(1, 1_000_000_000, 1, 1_000_000_000)]).LogValue).ShouldBeFalse();
    }

    [Fact]
    public void One_more_failure_of_the_candidate_never_makes_the_evidence_weaker() =>
        Gen.Select(AnyWindow.Array[1, 30], Gen.Int[0, 29]).Sample((windows, at) =>
        {
            var index = at % windows.Length;
            var worse = windows.ToArray();
            if (worse[index].CandidateEvents >= worse[index].Candidate) return true;
            worse[index] = worse[index] with { CandidateEvents = worse[index].CandidateEvents + 1 };
            return After(worse).LogValue >= After(windows).LogValue - 1e-9;
        }, iter: Cases);

    [Fact]
    public void A_window_in_which_one_arm_is_missing_changes_nothing() =>
        Gen.Select(AnyWindow.Array[1, 20], Gen.Int[0, 20], Gen.Long[1, 500], Gen.Bool).Sample((windows, at, requests, ours) =>
        {
            var missing = ours ? new PairedCounts(0, requests, 0, Math.Min(requests, 3)) : new PairedCounts(requests, 0, Math.Min(requests, 3), 0);
            var with = windows.ToList();
            with.Insert(Math.Min(at, windows.Length), missing);
            return After(with).LogValue == After(windows).LogValue;
        }, iter: Cases);

    [Fact]
    public void A_window_without_events_costs_nothing_and_its_mass_is_not_lost() =>
        Gen.Select(AnyWindow.Array[1, 20], Gen.Int[1, 50]).Sample((windows, quiet) =>
        {
            var before = After(windows);
            var after = Enumerable.Repeat(new PairedCounts(100, 200, 0, 0), quiet).Aggregate(before, (e, w) => e.Next(Failures, w, Tempering.None, Hazard));
            return Math.Abs(after.LogValue - before.LogValue) < 1e-12;
        }, iter: Cases);

    [Fact]
    public void An_incident_that_hits_both_arms_alike_is_no_evidence_against_the_candidate()
    {
        var evidence = After(Enumerable.Repeat(new PairedCounts(170, 330, 51, 99), 200));

        evidence.Value.ShouldBeLessThan(1);
    }

    [Fact]
    public void Of_harmless_releases_judged_at_every_window_fewer_than_the_budget_are_ever_accused()
    {
        // The least favourable harmless release: exactly at the tolerance, looked at 720 times.
        const int releases = 4_000;
        var random = new Random(20261124);
        var (atOne, atFive) = (0, 0);
        for (var release = 0; release < releases; release++)
        {
            var (evidence, highest) = (EProcess.Begin(), 0.0);
            for (var look = 0; look < 720; look++)
            {
                var window = new PairedCounts(167, 333, Poisson(random, 167 * 0.0011), Poisson(random, 333 * 0.001));
                evidence = evidence.Next(Failures, window, Tempering.None, Hazard);
                highest = Math.Max(highest, evidence.Value);
            }

            if (highest >= 100) atOne++;
            if (highest >= 20) atFive++;
        }

        (atOne / (double)releases).ShouldBeLessThan(0.01);
        (atFive / (double)releases).ShouldBeLessThan(0.05);
        atFive.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Alternatives_that_are_not_above_the_tolerance_are_refused_since_they_would_test_the_wrong_direction() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new RateRatio(2, [1.5, 3]));

    private static EProcess After(IEnumerable<PairedCounts> windows) =>
        windows.Aggregate(EProcess.Begin(), (e, w) => e.Next(Failures, w, Tempering.None, Hazard));

    private static long Poisson(Random random, double mean)
    {
        var (count, product, floor) = (0L, random.NextDouble(), Math.Exp(-mean));
        for (; product > floor; product *= random.NextDouble()) count++;
        return count;
    }
}
