using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>Gamma and production are judged by the same signals: what is watched in only one of them proves nothing for the other.</summary>
internal static class ParityValidator
{
    public static void Check(DeclaredPipeline pipeline, DeclaredProfile profile)
    {
        if (profile.Stage(Stage.DeployGamma) is { Signals.Count: > 0 } gamma)
        {
            foreach (var stage in new[] { Stage.Canary, Stage.RegionWaves }.Select(profile.Stage).OfType<DeclaredStage>().Where(s => s.Signals.Count > 0))
            {
                var (here, there) = (Names(stage), Names(gamma));
                var less = there.Except(here).ToList();
                var more = here.Except(there).ToList();
                if (less.Count + more.Count == 0) continue;
                stage.At.Member("signals").Refuse(
                    Code.NoParity,
                    $"{stage.Stage.Written()} is judged by other signals than deployGamma: {Differences(less, more)}.",
                    "Name the same signals in deployGamma, canary and regionWaves.");
            }
        }

        foreach (var stage in profile.Stages)
        {
            foreach (var data in stage.Signals.Where(s => stage.Stage != Stage.UpgradeDowngradeTest && pipeline.Signal(s.Value)?.Rule is SignalRule.Data))
            {
                data.At.Refuse(Code.DataElsewhere, $"{Foreign.Quoted(data.Value)} has the rule \"data\", which needs two versions side by side.", "Name it in upgradeDowngradeTest alone.");
            }
        }

        if (profile.Stage(Stage.UpgradeDowngradeTest) is { Signals.Count: > 0 } test
            && test.Signals.All(s => pipeline.Signal(s.Value) is { Rule: not null and not SignalRule.Data } or { Role: SignalRole.Shadow }))
        {
            test.At.Member("signals").Refuse(Code.DataMissing, "nothing here writes with one version and reads with the other.", "Declare a signal with \"rule\": \"data\" and name it here.");
        }
    }

    private static List<string> Names(DeclaredStage stage) => [.. stage.Signals.Select(s => s.Value)];

    private static string Differences(List<string> less, List<string> more) => string.Join(
        "; ",
        new[] { (What: "without", Names: less), (What: "and also by", Names: more) }
            .Where(d => d.Names.Count > 0)
            .Select(d => $"{d.What} {string.Join(", ", d.Names.Select(Foreign.Quoted))}"));
}
