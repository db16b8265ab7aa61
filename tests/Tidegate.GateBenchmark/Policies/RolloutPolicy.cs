using Tidegate.GateBenchmark.Scenarios;
using Tidegate.GateBenchmark.Worlds;

namespace Tidegate.GateBenchmark.Policies;

/// <summary>The rollout of the product itself, in one region: what decides in production.</summary>
internal sealed class RolloutPolicy(string name, RolloutOptions options) : Policy(name)
{
    public override Run Play(Scenario scenario, Generator random)
    {
        var plan = RegionPlan.Of(scenario, options);
        var reference = RegionHistory.Of(scenario, random, plan);
        var rollout = Rollout.Begin(plan, reference);
        var played = new PlayedRegion(scenario, random, reference.Regions[0]);
        var (step, harm, released, byEvidence) = (0, 0.0, double.NaN, false);
        rollout.Enter(step);
        while (played.Weather.At < Horizon)
        {
            var target = Target(rollout);
            var share = Share(target);
            var perSecond = played.HarmPerSecond * share;
            harm += perSecond * Weather.Window;
            rollout.See(new(Weather.Window, [played.Read(target, fresh: rollout.Phase.Kind != PhaseKind.Watch)]));
            played.Weather.Advance();
            var (at, next) = (played.Weather.At, Share(Target(rollout)));
            if (double.IsNaN(released) && next >= 1) (released, byEvidence) = (at, rollout.Shown);
            switch (rollout.Says)
            {
                case RolloutSays.Unhealthy:
                    return new(at + Lag, released, harm + Late(perSecond), byEvidence, rollout.Because);
                case RolloutSays.Hold:
                    var back = Share(rollout.Withdrawn(RegionPlan.Candidate).SingleOrDefault());
                    harm += Late(perSecond) + Unnoticed(scenario, played, back);
                    return new(double.NaN, released, harm, byEvidence, rollout.Because) { Held = true };
                case RolloutSays.Passed when ++step == plan.Phases.Count:
                    return new(double.NaN, released, harm + Unnoticed(scenario, played, 1), byEvidence);
                case RolloutSays.Passed:
                    rollout.Enter(step);
                    break;
                case RolloutSays.GoOn when next <= 0:
                    harm += Late(perSecond); // withdrawn for a while: that takes as long as a rollback
                    break;
            }
        }

        return new(double.NaN, released, harm, byEvidence);
    }

    private static double Late(double perSecond) => perSecond * (Lag + RollbackTakes);

    private static RegionTarget? Target(Rollout rollout) => rollout.Targets(RegionPlan.Candidate).SingleOrDefault();

    private static double Share(RegionTarget? target) =>
        target?.Versions.FirstOrDefault(v => v.Digest == RegionPlan.Candidate)?.Share.Ratio ?? 0;

    /// <summary>Nothing is judged any more.</summary>
    private static double Unnoticed(Scenario scenario, PlayedRegion played, double share)
    {
        var harm = 0.0;
        if (new Candidate(scenario).IsHarmless) return harm;
        for (; played.Weather.At < Horizon; played.Weather.Advance())
        {
            harm += played.HarmPerSecond * share * Weather.Window;
        }

        return harm;
    }
}
