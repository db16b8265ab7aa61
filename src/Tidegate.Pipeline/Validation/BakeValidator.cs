using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>A bake's numbers agree with each other.</summary>
internal static class BakeValidator
{
    public static void Check(DeclaredProfile profile)
    {
        foreach (var stage in profile.Stages)
        {
            if (stage.Bake is not { First: { } first } bake) continue;
            var at = stage.At.Member("bake");

            if (bake.Floor > first)
            {
                at.Member("floor").Refuse(Code.BakeFloorTooLong, $"no bake is to be shorter than {Durations.Write(bake.Floor.Value)}, but the first is {Durations.Write(first)}.", "Lengthen \"first\", or lower \"floor\".");
            }

            if (bake.SampleEvery > first)
            {
                at.Member("sampleEvery").Refuse(Code.BakeSampledTooRarely, $"one look every {Durations.Write(bake.SampleEvery)} is less than one in a bake of {Durations.Write(first)}.", "Look several times in a bake: lower \"sampleEvery\".");
            }

            if (Wrong(bake) is { } wrong) at.Member("factor").Refuse(Code.BakeFactorWrong, wrong, "Shrink with a factor below 1, grow with one above 1, and leave it out where bakes stay the same.");
            else Bounded(profile, stage, bake, first, at);
        }
    }

    private static string? Wrong(DeclaredBake bake) => (bake.Change, bake.Factor) switch
    {
        (BakeChange.Shrink, >= 1) => "this factor does not shrink.",
        (BakeChange.Grow, <= 1) => "this factor does not grow.",
        (BakeChange.Fixed, not null) => "bakes stay the same here, so there is no factor.",
        _ => null,
    };

    /// <summary>A growing bake has an end: the last step's is no longer than any bake may be.</summary>
    private static void Bounded(DeclaredProfile profile, DeclaredStage stage, DeclaredBake bake, TimeSpan first, Place at)
    {
        if (bake.Change != BakeChange.Grow || Steps(profile, stage) is not { } steps) return;
        var longest = first.TotalDays * Math.Pow(bake.Factor ?? DefinitionBuilder.GrowFactor, steps - 1);
        if (longest <= Forms.LongestBake.TotalDays) return;
        at.Member("change").Refuse(
            Code.BakeGrowsTooLong,
            FormattableString.Invariant($"step {steps} would bake for {longest:0} days; {Durations.Write(Forms.LongestBake)} are the most."),
            "Lower \"factor\" or \"first\", or release in fewer steps.");
    }

    private static int? Steps(DeclaredProfile profile, DeclaredStage stage)
    {
        if (stage.Stage != Stage.RegionWaves) return Math.Max(1, stage.Shares.Count);
        if (profile.Environment(stage).Regions() is not { } regions) return null;

        var headroom = new Headroom(profile.Headroom);
        var waves = stage.Waves.Count > 0
            ? stage.Waves.Select(w => regions.Where(r => w.Value.Any(name => name.Value == r.Name)).ToList())
            : WavePlanner.Plan(regions).Select(w => w.ToList());
        return waves.Sum(wave => wave.Count == 0 ? 0 : wave.Max(r => (int)Math.Ceiling(r.Instances / (double)headroom.Batch(r.Instances))));
    }
}
