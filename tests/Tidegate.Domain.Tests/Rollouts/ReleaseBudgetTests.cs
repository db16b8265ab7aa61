namespace Tidegate.Rollouts;

/// <summary>Whatever can roll a release back by chance has a part of its one budget. A new kind of evidence fails here
/// until it has one.</summary>
public sealed class ReleaseBudgetTests
{
    private static readonly EvidenceKind[] Kinds = Enum.GetValues<EvidenceKind>();

    [Fact]
    public void Each_kind_of_evidence_has_a_weight_and_all_of_them_are_one()
    {
        Kinds.ShouldAllBe(k => BudgetWeights.Default[k] > 0);
        BudgetWeights.Default.Total.ShouldBe(1, 1e-12);
        Kinds.Sum(k => BudgetWeights.Default[k]).ShouldBe(1, 1e-12);
        Should.Throw<ArgumentOutOfRangeException>(() => BudgetWeights.Default[(EvidenceKind)Kinds.Length]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_printed_budget_of_the_shipped_weights_adds_up(bool everyRegion)
    {
        var plan = SomeRollout.Plan(4);

        var table = BudgetTable.Of(Beginnings.Of(everyRegion), BudgetWeights.Default, ["region-0"],
            [.. plan.Regions.Select(r => r.Name)], plan.Waves);

        table.Total.ShouldBe(100, 1e-9);
        table.Rows.ShouldAllBe(r => r.Percent.Count == Kinds.Length && r.Percent.Values.All(p => p >= 0));
    }

    [Fact]
    public void While_nothing_is_known_each_kind_weighs_what_the_budget_gives_it_and_nothing_else_does()
    {
        var evidence = Seen(AnyRollout.Plan, Quiet(candidateFailures: 0));

        // Time in which no instance dies speaks for the candidate, and tells a little already.
        evidence.Merged.ShouldBeInRange(0.99, 1);
        evidence.Parts.Keys.Order().ShouldBe(Kinds);
        foreach (var (kind, part) in evidence.Parts)
        {
            part.ShouldBe(BudgetWeights.Default[kind], kind == EvidenceKind.Restarts ? 0.01 : 1e-12, $"{kind}");
        }

        evidence.Streams().Sum(s => s.Part).ShouldBeLessThan(1);
    }

    [Fact]
    public void All_that_is_merged_is_in_the_parts()
    {
        var evidence = Seen(AnyRollout.Plan, Quiet(candidateFailures: 30));

        evidence.Merged.ShouldBeGreaterThan(100);
        evidence.Parts.Keys.Order().ShouldBe(Kinds);
        evidence.Parts.Values.Sum().ShouldBe(evidence.Merged, evidence.Merged * 1e-12);
    }

    [Fact]
    public void What_is_only_shown_has_no_part_and_cannot_roll_back()
    {
        foreach (var kind in Kinds)
        {
            var evidence = Seen(AnyRollout.Plan with { Shadows = [kind] }, Quiet(candidateFailures: 30));

            evidence.Parts.Keys.Order().ShouldBe(Kinds.Where(k => k != kind));
            evidence.Accused.Kind.ShouldNotBe(kind);
        }

        Seen(AnyRollout.Plan with { Shadows = Kinds }, Quiet(candidateFailures: 30)).Merged.ShouldBe(0);
    }

    private static RolloutEvidence Seen(RolloutPlan plan, RegionWindow window)
    {
        var evidence = new RolloutEvidence(plan, AnyRollout.Reference);
        evidence.Begin(null, 0.3);
        evidence.Begin(0, 0.35);
        evidence.Split(0, window, 5, warm: true, steady: true, slow: true, StartLift.None);
        evidence.Beside(0, window, 5);
        evidence.Merge(new(5, [window, new RegionWindow()]), 5, split: true);
        return evidence;
    }

    /// <summary>Nothing happens, but for the candidate's failures: everywhere, and of every kind that has
    /// any.</summary>
    private static RegionWindow Quiet(long candidateFailures) => new()
    {
        Candidate = [.. Enumerable.Range(0, 3).Select(i => new InstanceCell($"c{i}", 0, 40, candidateFailures))],
        Running = [.. Enumerable.Range(0, 3).Select(i => new InstanceCell($"o{i}", 0, 40, 0))],
        CandidateReady = 3,
        RunningReady = 3,
        Endpoints = [.. Enumerable.Range(0, AnyRollout.Endpoints).Select(_ => (long[])[40, 40, candidateFailures, 0])],
        Answers = [.. Enumerable.Range(0, AnyRollout.Endpoints)
            .Select(_ => (long[])[candidateFailures, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40])],
        Slow = [.. Enumerable.Range(0, 3).Select(_ => (long[])[candidateFailures, 0, candidateFailures, 0])],
        Journeys = [3, 3, Math.Min(3, candidateFailures), 0],
        Ready = [3, 3, Math.Min(3, candidateFailures), 0],
        Deaths = [(int)Math.Min(1, candidateFailures), 0],
    };
}
