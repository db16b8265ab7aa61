using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>Gamma and production are judged by the same signals: what is watched in only one of them proves nothing for the other.</summary>
internal static class ParityValidator
{
    public static void Check(DeclaredPipeline pipeline, DeclaredProfile profile)
    {
        if (profile.Stage(Stage.DeployGamma) is { Signals.Count: > 0 } gamma)
        {
            foreach (var stage in new[] { Stage.Canary, Stage.RegionWaves }.Select(profile.Stage).OfType<DeclaredStage>().Where(s => s.Signals.Count > 0)) Same(stage, gamma);
        }

        foreach (var stage in profile.Stages.Where(s => s.Signals.Count > 0))
        {
            foreach (var difference in stage.Differs) Founded(pipeline, profile, stage, difference);
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

    /// <summary>The rule with another limit; null when it has none that could be another.</summary>
    public static SignalRule? WithLimit(SignalRule rule, double limit) => rule switch
    {
        SignalRule.ErrorRate errors => errors with { AtMost = limit },
        SignalRule.Latency latency => latency with { AtMost = limit },
        SignalRule.Metric metric => metric with { AtMost = limit },
        _ => null,
    };

    private static void Same(DeclaredStage stage, DeclaredStage gamma)
    {
        var reasoned = stage.Differs.Concat(gamma.Differs).Where(d => d.Value.AtMost is null).Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        var (here, there) = (Names(stage), Names(gamma));
        var less = there.Except(here).Where(n => !reasoned.Contains(n)).ToList();
        var more = here.Except(there).Where(n => !reasoned.Contains(n)).ToList();
        if (less.Count + more.Count == 0) return;
        stage.At.Member("signals").Refuse(
            Code.NoParity,
            $"{stage.Stage.Written()} is judged by other signals than deployGamma: {Differences(less, more)}.",
            "Name the same signals in deployGamma, canary and regionWaves, or give the reason in \"differs\".");
    }

    /// <summary>A reason is for something: a limit that the signal has, or a signal that only one of gamma and production watches.</summary>
    private static void Founded(DeclaredPipeline pipeline, DeclaredProfile profile, DeclaredStage stage, Entry<DeclaredDifference> difference)
    {
        if (pipeline.Signal(difference.Key) is not { } signal)
        {
            difference.At.Refuse(Code.UnknownSignal, $"there is no signal {Foreign.Quoted(difference.Key)}.", NearestName.Advice(difference.Key, [.. pipeline.Signals.Select(s => s.Value.Name).OfType<string>()]));
            return;
        }

        var watched = Names(stage).Contains(difference.Key);
        var wrong = difference.Value.AtMost is null
            ? Others(profile, stage).Any(other => Names(other).Contains(difference.Key) != watched) ? null : $"{Foreign.Quoted(difference.Key)} is {(watched ? "watched" : "left out")} in gamma and production alike."
            : !watched ? $"{Foreign.Quoted(difference.Key)} is not watched here."
            : signal.Rule is { } rule && WithLimit(rule, 0) is null ? $"the rule of {Foreign.Quoted(difference.Key)} has no limit \"atMost\"."
            : null;
        if (wrong is not null) difference.At.Refuse(Code.DifferenceUnfounded, $"nothing differs here: {wrong}", "Remove it from \"differs\", or mend the name.");
    }

    private static IEnumerable<DeclaredStage> Others(DeclaredProfile profile, DeclaredStage stage) =>
        stage.Stage is Stage.DeployGamma or Stage.Canary or Stage.RegionWaves
            ? new[] { Stage.DeployGamma, Stage.Canary, Stage.RegionWaves }.Where(s => s != stage.Stage).Select(profile.Stage).OfType<DeclaredStage>()
            : [];

    private static List<string> Names(DeclaredStage stage) => [.. stage.Signals.Select(s => s.Value)];

    private static string Differences(List<string> less, List<string> more) => string.Join(
        "; ",
        new[] { (What: "without", Names: less), (What: "and also by", Names: more) }
            .Where(d => d.Names.Count > 0)
            .Select(d => $"{d.What} {string.Join(", ", d.Names.Select(Foreign.Quoted))}"));
}
