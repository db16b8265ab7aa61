namespace Tidegate.Rollouts;

/// <summary>How one window goes into the evidence: what is counted, how it is tempered, and when capital
/// begins.</summary>
/// <remarks>One region, so that the service's evidence is the region's, and one kind at a time: all others are only
/// shown.</remarks>
public sealed class RolloutEvidenceTests
{
    private const double Tail = 0.15, Seconds = 5;
    private static readonly RateRatio Errors = RateRatio.FailuresBeyond(RolloutOptions.Default.Tolerance);

    private static readonly InstanceCell[] Ours = [new("c0", 0, 100, 3), new("c1", 0, 120, 0), new("c2", 0, 110, 1)];
    private static readonly InstanceCell[] Others = [new("o0", 0, 100, 0), new("o1", 0, 90, 1), new("o2", 0, 95, 0)];

    [Fact]
    public void A_fault_may_begin_in_the_very_window_that_closes()
    {
        var reference = Reference(dispersion: 2);

        var merged = See(EvidenceKind.Errors, reference, new() { Candidate = Ours, Running = Others }).Merged;

        merged.ShouldBe(BudgetWeights.Default.Errors * Failures(Errors, reference, Ours, Others, cells: 3), 1e-12);
        Math.Abs(merged - BudgetWeights.Default.Errors).ShouldBeGreaterThan(1e-9, "this window's tail has begun");
    }

    [Fact]
    public void Until_it_is_warm_only_hard_failures_count_and_only_their_tail_is_fed()
    {
        var (reference, window) = (Reference(dispersion: 1), new RegionWindow { Candidate = Ours, Running = Others });

        See(EvidenceKind.Errors, reference, window, warm: false).Merged.ShouldBe(BudgetWeights.Default.Errors, 1e-12);
        See(EvidenceKind.Hard, reference, window, warm: false).Merged
            .ShouldBe(BudgetWeights.Default.Hard * Failures(RateRatio.HardFailures, reference, Ours, Others, cells: 3),
                1e-12);

        // Twice as cold, then warm: the tail of errors is as after one window.
        var evidence = new RolloutEvidence(Plan(EvidenceKind.Errors), reference);
        Add(evidence, window, warm: false);
        Add(evidence, window, warm: false);
        Add(evidence, window, warm: true);
        evidence.Merged.ShouldBe(See(EvidenceKind.Errors, reference, window).Merged, 1e-3);
    }

    [Fact]
    public void Instances_that_were_sick_before_are_no_part_and_idle_ones_no_cells()
    {
        var reference = Reference(dispersion: 3, sick: ["o3"]);
        InstanceCell[] idle = [.. Ours, new("c3", 0, 0, 0)], withSick = [.. Others, new("o3", 0, 400, 90)];

        var merged = See(EvidenceKind.Errors, reference, new() { Candidate = idle, Running = withSick }).Merged;

        merged.ShouldBe(BudgetWeights.Default.Errors * Failures(Errors, reference, Ours, Others, cells: 3), 1e-12);
    }

    [Fact]
    public void Slow_requests_are_tempered_by_the_dispersion_used()
    {
        var reference = Reference(dispersion: 1, slow: 1.3);
        var window = new RegionWindow
        {
            Candidate = Ours,
            Running = Others,
            Slow = [[9, 8, 10, 2], [0, 0, 0, 0], [0, 0, 0, 0]],
        };

        var merged = See(EvidenceKind.Slow, reference, window).Merged;

        var tempering = WindowDispersion.In(330, 3, 285, reference.Regions[0].Cell).Slow(1.3);
        tempering.Dispersion.ShouldBeGreaterThan(1.5);
        tempering.MostPerWindow.ShouldBe(1);
        var logs = new double[RateRatio.Slower.Alternatives.Length];
        RateRatio.Slower.Add(330, 285, 9, 2, logs);
        for (var k = 0; k < logs.Length; k++) logs[k] = Math.Min(logs[k] / tempering.Dispersion,
            tempering.MostPerWindow);
        var weight = BudgetWeights.Default.Slow;
        merged.ShouldBe((weight * 13 / 25) + (weight * 12 / 25 * Seen(logs)), 1e-12);
    }

    [Fact]
    public void In_a_window_of_a_changed_share_endpoints_and_slowness_neither_speak_nor_spend()
    {
        var reference = Reference(dispersion: 1);
        var window = new RegionWindow { Candidate = Ours, Running = Others,
            Slow = [[9, 8, 10, 2], [9, 8, 10, 2], [9, 8, 10, 2]] };
        var evidence = new RolloutEvidence(Plan(EvidenceKind.Slow), reference);

        Add(evidence, window, steady: false);
        evidence.Merged.ShouldBe(BudgetWeights.Default.Slow, 1e-12, "nothing slow was seen at all");
        Add(evidence, window);

        evidence.Merged.ShouldBe(See(EvidenceKind.Slow, reference, window).Merged, 1e-12);
    }

    [Fact]
    public void Kinds_of_answers_of_an_endpoint_that_was_declared_to_change_are_left_out_alone_and_in_all()
    {
        var gone = new RegionWindow { Candidate = Ours, Running = Others, Answers = [[0, 0, 0, 165, 0, 0, 0, 0, 0, 0, 0, 145], Kept] };
        var also = gone with { Answers = [gone.Answers![0], [0, 0, 0, 165, 0, 0, 0, 0, 0, 0, 0, 145]] };

        Answers(gone, expected: false).Merged.ShouldBeGreaterThan(1);
        Answers(gone, expected: true).Merged.ShouldBeLessThan(BudgetWeights.Default.Answers);
        Answers(also, expected: true).Merged.ShouldBeGreaterThan(1, "the other one was declared by nobody");
    }

    [Fact]
    public void Failures_of_such_an_endpoint_count_as_if_nothing_had_been_declared()
    {
        var window = new RegionWindow { Candidate = Ours, Running = Others, Endpoints = [[165, 145, 80, 0], [165, 140, 0, 0]] };
        var reference = SomeRollout.Reference(1, endpoints: 2);
        var (declared, plain) = (new RolloutEvidence(OfTwo(EvidenceKind.Endpoints, true), reference), new RolloutEvidence(OfTwo(EvidenceKind.Endpoints, false), reference));

        Add(declared, window);
        Add(plain, window);

        plain.Merged.ShouldBeGreaterThan(1);
        declared.Merged.ShouldBe(plain.Merged);
    }

    private static readonly long[] Kept = [0, 0, 0, 0, 0, 165, 0, 0, 0, 0, 0, 140];

    private static RolloutEvidence Answers(RegionWindow window, bool expected)
    {
        var evidence = new RolloutEvidence(OfTwo(EvidenceKind.Answers, expected), SomeRollout.Reference(1, endpoints: 2));
        Add(evidence, window);
        return evidence;
    }

    private static RolloutPlan OfTwo(EvidenceKind kind, bool expected) => SomeRollout.Plan(1, endpoints: 2) with
    {
        Shadows = [.. Enum.GetValues<EvidenceKind>().Where(k => k != kind)],
        Expected = expected ? [new("/endpoint-0", "gone")] : [],
    };

    private static RolloutEvidence See(EvidenceKind kind, RolloutReference reference, RegionWindow window,
        bool warm = true)
    {
        var evidence = new RolloutEvidence(Plan(kind), reference);
        Add(evidence, window, warm);
        return evidence;
    }

    private static void Add(RolloutEvidence evidence, RegionWindow window, bool warm = true, bool steady = true)
    {
        evidence.Split(0, window, Seconds, warm, steady, slow: true, StartLift.None);
        evidence.Merge(new(Seconds, [window]), Seconds, split: true);
    }

    /// <summary>Half by counts, half by hits, from the tail of one window.</summary>
    private static double Failures(
        RateRatio question, RolloutReference reference, InstanceCell[] ours, InstanceCell[] others, int cells)
    {
        var (zone, region) = (new FailureCells(1), reference.Regions[0]);
        foreach (var one in ours) zone.AddCandidate(0, one.Requests, one.Failures);
        foreach (var one in others) zone.AddRunning(0, one.Requests, one.Failures);
        var used = WindowDispersion.In(ours.Sum(o => o.Requests), cells, others.Sum(o => o.Requests), region.Cell);
        var (counts, hits) = (new double[question.Alternatives.Length], new double[question.Alternatives.Length]);
        zone.Counts(question, used.Counts(region.Counts), 1, counts);
        zone.Hits(question, used.Of(region.Hits), region.HitRate, 1, hits);
        return (Seen(counts) + Seen(hits)) / 2;
    }

    private static double Seen(double[] logs)
    {
        var process = new PlannedProcess(logs.Length, Tail);
        process.Judge(Seconds);
        process.See(logs);
        return process.Value;
    }

    private static RolloutPlan Plan(EvidenceKind kind) =>
        SomeRollout.Plan(1) with { Shadows = [.. Enum.GetValues<EvidenceKind>().Where(k => k != kind)] };

    private static RolloutReference Reference(double dispersion, double slow = 1, IReadOnlyList<string>? sick = null)
    {
        var reference = SomeRollout.Reference(1, dispersion: dispersion, slow: slow);
        return reference with { Regions = [reference.Regions[0] with { Sick = sick ?? [] }] };
    }
}
