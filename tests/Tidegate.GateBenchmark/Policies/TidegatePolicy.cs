using Tidegate.GateBenchmark.Scenarios;
using Tidegate.GateBenchmark.Worlds;

namespace Tidegate.GateBenchmark.Policies;

/// <summary>The gate of the product itself.</summary>
internal sealed class TidegatePolicy(string name, SequentialOptions options) : Policy(name)
{
    public override Run Play(Scenario scenario, Generator random)
    {
        var (reference, edges) = History.Of(scenario, random);
        var gate = new SequentialGate(options, reference);
        var rollout = new PlayedRelease(scenario, random, edges);
        var (state, harm, released, byEvidence) = (gate.Begin(), 0.0, double.NaN, false);
        while (!state.Ended && rollout.Weather.At < Horizon)
        {
            var share = state.Weight;
            var reading = rollout.Read(share);
            var perSecond = rollout.HarmPerSecond * share;
            harm += perSecond * Weather.Window;
            state = gate.Next(state, reading);
            rollout.Weather.Advance();
            if (double.IsNaN(released) && state.Phase == GatePhase.Watch)
            {
                (released, byEvidence) = (rollout.Weather.At, state.PromotedByEvidence);
            }

            if (state.Phase == GatePhase.RolledBack)
            {
                return new(rollout.Weather.At + Lag, released, harm + (perSecond * (Lag + RollbackTakes)), byEvidence, state.Because);
            }
        }

        return new(double.NaN, released, harm + Unnoticed(scenario, rollout, state.Weight), byEvidence);
    }

    private static double Unnoticed(Scenario scenario, PlayedRelease rollout, double share)
    {
        if (new Candidate(scenario).IsHarmless) return 0;

        var harm = 0.0;
        for (; rollout.Weather.At < Horizon; rollout.Weather.Advance()) harm += rollout.HarmPerSecond * share * Weather.Window;
        return harm;
    }
}
