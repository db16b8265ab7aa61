using Tidegate.LocalCloud.Contract;

namespace Tidegate.Pipeline.Declared;

/// <summary>What a healthy answer holds, as a rule declares it. Null: what is taken for granted.</summary>
internal static class DeclaredHealthyAnswer
{
    private const string Otherwise = "none, and then a 200 that does not say otherwise is healthy";

    public static HealthyAnswer? Read(Members at)
    {
        var contains = at.OptionalText(
            "contains", Forms.Text, Otherwise, "A text that a healthy answer holds, letter for letter.");
        var json = at.OptionalText(
            "json", Forms.JsonPlace, Otherwise, "Where a healthy answer's JSON has a certain value.");
        var value = at.OptionalText(
            "equals", Forms.Text, "none, and then there is no \"json\" either", "With \"json\": that value, letter for letter.");
        if ((contains, json, value) is (null, null, null)) return null;

        if (new HealthyWhen(contains, json, value).Contradiction() is { } wrong)
        {
            at.At.Refuse(Code.HealthyAnswerContradicts, wrong, HealthyWhen.Remedy);
        }

        return new(contains, json, value);
    }
}
