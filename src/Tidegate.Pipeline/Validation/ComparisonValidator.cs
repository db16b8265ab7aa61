using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>A comparison's times and shares agree with each other.</summary>
internal static class ComparisonValidator
{
    public static void Check(DeclaredProfile profile)
    {
        if (profile.Comparison is not { } comparison) return;

        Check(comparison.At, comparison.Options);
        if (comparison.LatencyMargin < comparison.LatencyTolerance)
        {
            comparison.At.Member("latencyMargin").Refuse(Code.ComparisonContradicts, $"a promotion would ask for less than {comparison.LatencyTolerance} edges, which are borne.", "Write a margin of at least the tolerance.");
        }

        if (comparison.Shadow is not { } shadow) return;
        Check(shadow.At, shadow.Options);
        if (shadow.Name == comparison.Name) shadow.At.Member("name").Refuse(Code.NameTaken, $"{Foreign.Quoted(shadow.Name)} is the name of the gate that decides.", "Give the shadow a name of its own.");
        if (shadow.Options.Window != comparison.Options.Window)
        {
            shadow.At.Member("sampleEvery").Refuse(Code.ComparisonContradicts, "a shadow sees the same windows as the gate that decides.", "Leave it out, or write the same duration.");
        }
    }

    private static void Check(Place at, SequentialOptions options)
    {
        if (options.MinimumTime <= options.WarmUp) at.Member("minimum").Refuse(Code.ComparisonContradicts, $"it would be over before the warm-up of {Durations.Write(options.WarmUp)} is.", "Lengthen \"minimum\", or shorten \"warmUp\".");
        if (options.CapTime < options.MinimumTime - options.WarmUp) at.Member("cap").Refuse(Code.ComparisonContradicts, $"it would be over before the minimum of {Durations.Write(options.MinimumTime)} is.", "Lengthen \"cap\", or shorten \"minimum\".");
        if (options.Window > options.MinimumTime / 3) at.Member("sampleEvery").Refuse(Code.BakeSampledTooRarely, $"one look every {Durations.Write(options.Window)} is too few for a minimum of {Durations.Write(options.MinimumTime)}.", "Look at least three times: lower \"sampleEvery\".");
    }
}
