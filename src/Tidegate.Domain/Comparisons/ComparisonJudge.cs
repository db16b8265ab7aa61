namespace Tidegate;

/// <summary>Joins what the comparison says with what every other signal says, into one judgement of the step.</summary>
public static class ComparisonJudge
{
    /// <param name="others">Of everything that is not counted requests: journeys, liveness, memory, floors, time.</param>
    /// <param name="unreadBorne">Looks in a row without counts that are borne; beyond it the verdict is Error.</param>
    public static Judgement Join(Judgement others, Comparison comparison, int unreadBorne)
    {
        IReadOnlyList<Evidence> evidence = [.. ComparisonEvidence.Of(comparison), .. others.Evidence];
        if (comparison.State.Phase == GatePhase.RolledBack || others.Verdict == Verdict.Unhealthy) return new(Verdict.Unhealthy, evidence, []);
        if (comparison.UnreadInRow > unreadBorne)
        {
            return new(Verdict.Error, [new(Judgement.Comparison, Verdict.Error, $"the counts of both versions could not be read {comparison.UnreadInRow} times in a row"), .. evidence], []);
        }

        if (others.Verdict == Verdict.Error) return new(Verdict.Error, evidence, []);

        IReadOnlyList<string> missing = [.. ComparisonEvidence.Missing(comparison), .. others.Missing];
        return new(missing.Count == 0 && comparison.Cleared ? Verdict.Healthy : Verdict.Insufficient, evidence, missing);
    }

    /// <summary>The share to go on with, when it is another than the one that stands; null: stay.</summary>
    /// <param name="judgement">Nothing is ramped up while something else cannot be measured.</param>
    public static TrafficShare? Move(Comparison comparison, Judgement judgement, TrafficShare stands)
    {
        if (comparison.State.Ended || (!comparison.Plan.Watching && comparison.State.Phase != GatePhase.Ramp)) return null;
        return comparison.Wanted == stands || (judgement.Verdict == Verdict.Error && comparison.Wanted > stands) ? null : comparison.Wanted;
    }
}
