namespace Tidegate;

/// <summary>A rollout in words: what speaks against the candidate, what for it, and what is still missing.</summary>
public static class RolloutWords
{
    /// <summary>Why shares change, for people and for whoever reads them.</summary>
    public const string Slow = "slow requests are given time to show that they are a cold start",
        Probe = "something rose: both versions are compared again",
        Shelter = "something both versions show goes on: a small control stays until it is over";

    /// <summary>One line for each question, plain words first, numbers after.</summary>
    public static IReadOnlyList<Evidence> Of(Rollout rollout)
    {
        var says = rollout.Says switch { RolloutSays.Unhealthy => Verdict.Unhealthy, RolloutSays.Passed => Verdict.Healthy, _ => Verdict.Insufficient };
        var needed = Math.Log(rollout.Needed);
        return
        [
            new(Judgement.Comparison, says, Conclusion(rollout), Strength: Math.Max(0, Math.Log(rollout.Merged)), Needed: needed),
            .. rollout.Parts.Where(p => p.Value >= 1).OrderByDescending(p => p.Value).Select(p => new Evidence(
                Name(p.Key),
                says == Verdict.Unhealthy && p.Key == rollout.Accused.Kind ? Verdict.Unhealthy : Verdict.Healthy,
                FormattableString.Invariant($"adds {p.Value:0.#} to the evidence of {rollout.Merged:0.#}; {rollout.Needed:0} is the verdict"),
                Strength: Math.Max(0, Math.Log(p.Value)),
                Needed: needed)),
        ];
    }

    /// <summary>What is missing before the step is done; empty when nothing is.</summary>
    public static IReadOnlyList<string> Missing(Rollout rollout, PlanStep step)
    {
        if (rollout.Says is RolloutSays.Passed or RolloutSays.Unhealthy) return [];

        var missing = new List<string>();
        if (rollout.Incident is { } incident) missing.Add($"the end of an incident that this release does not cause: {incident}");
        if (rollout.Probing) missing.Add("the end of a probe: something rose, so requests go to the version before again, and both are compared");
        if (rollout.SlowSuspected) missing.Add("time: slow requests may be a cold start");
        if (rollout.Merged >= 5) missing.Add(FormattableString.Invariant($"the end of a suspicion: evidence {rollout.Merged:0.#} of {rollout.Needed:0} ({AccusedOf.Words(rollout.Accused.Kind, rollout.Accused.Name)})"));
        if (rollout.Phase.Kind == PhaseKind.Watch) missing.Add($"watch: {Words.Seconds(TimeSpan.FromSeconds(rollout.At - rollout.FullAt))} of {Words.Seconds(step.Bake.Length)}");
        else if (missing.Count == 0) missing.Add(Evidence(rollout));
        return missing;
    }

    private static string Conclusion(Rollout rollout) => rollout.Says switch
    {
        RolloutSays.GoOn when rollout.Phase.Kind == PhaseKind.Watch => "all requests go to the new version; it is watched beside what the version before showed",
        RolloutSays.GoOn => FormattableString.Invariant($"nothing speaks against it enough; a failure rate above {rollout.Bound:0.##%} is ruled out"),
        _ => rollout.Because,
    };

    private static string Evidence(Rollout rollout)
    {
        var (failures, slow, needed) = rollout.For;
        return rollout.Shown
            ? "instances and requests still to be moved"
            : FormattableString.Invariant($"evidence that it is not worse: failures {Math.Max(0, failures):0.0}, slow requests {Math.Max(0, slow):0.0}, each of {needed:0.0}");
    }

    private static string Name(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Hard => "hard failures",
        EvidenceKind.Answers => "kinds of answers",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
