using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>Each stage watches signals that exist, and enough of them to tell.</summary>
internal static class StageSignalValidator
{
    public static void Check(DeclaredPipeline pipeline, DeclaredProfile profile)
    {
        var names = pipeline.Signals.Select(s => s.Value.Name).OfType<string>().Distinct().ToList();
        foreach (var stage in profile.Stages.Where(s => s.Signals.Count > 0))
        {
            foreach (var unknown in stage.Signals.Where(s => !names.Contains(s.Value)))
            {
                unknown.At.Refuse(Code.UnknownSignal, $"there is no signal {Foreign.Quoted(unknown.Value)}.", NearestName.Advice(unknown.Value, names));
            }

            var watched = stage.Signals.Select(s => pipeline.Signal(s.Value)).ToList();
            if (watched.Exists(s => s?.Rule is null)) continue;
            var elsewhere = profile.Environment(stage) is { Watched: true };
            Decides(stage, [.. watched.OfType<DeclaredSignal>().Where(s => s.Role != SignalRole.Shadow)], elsewhere);
            foreach (var uncounted in stage.Signals.Where(s => elsewhere && IsCounted(pipeline.Signal(s.Value)!.Rule!)))
            {
                uncounted.At.Refuse(
                    Code.WatchedUncounted,
                    $"{Foreign.Quoted(uncounted.Value)} is counted by the platform that runs an environment, and something else runs {Foreign.Quoted(stage.Environment!)}.",
                    "Ask its addresses (\"readiness\", \"journey\", \"metric\"), its alerts (\"alerts\"), or a program of yours (\"command\").");
            }
        }
    }

    /// <summary>Measured where instances and their requests are at hand; everything else is asked of an address.</summary>
    private static bool IsCounted(SignalRule rule) => rule.IsTraffic || rule is SignalRule.Liveness or SignalRule.MemoryGrowth or SignalRule.Data;

    private static void Decides(DeclaredStage stage, List<DeclaredSignal> deciding, bool elsewhere)
    {
        var at = stage.At.Member("signals");
        if (deciding.Count == 0)
        {
            at.Refuse(Code.NothingDecides, $"every signal of {stage.Stage.Written()} is a shadow, so nothing would decide.", "Add a signal whose role is critical or normal.");
            return;
        }

        if (stage.Stage is not (Stage.Canary or Stage.RegionWaves)) return;
        if (!elsewhere) Needs<SignalRule.Liveness>(at, deciding, "liveness", "instances that die would not be noticed");
        Needs<SignalRule.Readiness>(at, deciding, "readiness", "instances that cannot serve would not be noticed");
    }

    private static void Needs<TRule>(Place at, List<DeclaredSignal> deciding, string rule, string otherwise) where TRule : SignalRule
    {
        if (deciding.Exists(s => s.Rule is TRule)) return;
        at.Refuse(Code.ProductionUnwatched, $"production has no deciding signal with the rule \"{rule}\": {otherwise}.", $"Declare a signal with \"rule\": \"{rule}\" and name it here.");
    }
}
