namespace Tidegate.Engine;

/// <summary>Joins what the rollout says with what the signals say that are not compared.</summary>
internal static class RolloutJudgement
{
    /// <summary>Signals that no count of both versions stands behind: incidents, somebody else's verdicts. A metric is compared, and here only tells an incident.</summary>
    public static GateDefinition Others(ReleasePlan plan) => plan.Gate with
    {
        Signals = [.. plan.Gate.Signals
            .Where(s => s.Rule is SignalRule.Health or SignalRule.Alerts or SignalRule.Command or SignalRule.Data or SignalRule.Metric)
            .Select(s => s.Rule is SignalRule.Metric ? s with { Role = SignalRole.Shadow } : s)],
    };

    public static Judgement Of(RolloutSession session, ReleasePlan plan, PlanStep step)
    {
        var rollout = session.Rollout!;
        var others = HealthGate.Judge(session.Gate, session.Others, TimeSpan.Zero);
        var shadow = session.Shadow is { } other ? new[] { new Evidence($"shadow gate {plan.Rollout!.Shadow!.Name}", Verdict.Insufficient, $"decides nothing; would say: {other.Says}{(other.Because.Length > 0 ? $", {other.Because}" : "")}") } : [];
        IReadOnlyList<Evidence> evidence = [.. RolloutWords.Of(rollout), .. shadow, .. others.Evidence];
        if (rollout.Says == RolloutSays.Unhealthy || others.Verdict == Verdict.Unhealthy) return new(Verdict.Unhealthy, evidence, []);
        if (rollout.Says == RolloutSays.Hold) return new(Verdict.Insufficient, evidence, [rollout.Because]);
        if (others.Verdict == Verdict.Error) return new(Verdict.Error, evidence, others.Missing);

        // A floor that its traffic cannot meet in time is told, and does what the cap's rule says.
        var floors = others.Missing.Where(m => m.EndsWith(" requests", StringComparison.Ordinal)).ToList();
        var late = plan.Rollout!.Options.AtCap != CapRule.Hold && rollout.Waits(plan.Rollout.Options.CapTime);
        IReadOnlyList<string> missing = [.. RolloutWords.Missing(rollout, step), .. others.Missing.Where(m => !late || !floors.Contains(m))];
        return new(missing.Count == 0 && rollout.Says == RolloutSays.Passed ? Verdict.Healthy : Verdict.Insufficient, evidence, missing);
    }
}
