using System.Text;
using Tidegate.Pipeline.Declared;

namespace Tidegate.Delivery.Tests.Documentation;

/// <summary>The members of config/delivery.json as Markdown tables, from the same lines that read the file.</summary>
internal static class ReferenceTables
{
    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["pipeline"] = "The file",
        ["signal"] = "signals: one signal",
        ["request"] = "requests of journey and data",
        ["series"] = "events and exposures of metric",
        ["profile"] = "profiles: one profile",
        ["user"] = "users: what synthetic users do",
        ["environment"] = "environments: one environment",
        ["region"] = "regions: one region",
        ["comparison"] = "comparison: beside the version that runs now",
        ["shadowComparison"] = "shadow: settings that are tried out",
        ["stages"] = "stages: the six, in their order",
        ["stage"] = "each stage",
        ["canaryStage"] = "canary: besides",
        ["wavesStage"] = "regionWaves: besides",
        ["difference"] = "differs: one signal",
        ["bake"] = "bake",
    };

    public static string Write()
    {
        var text = new StringBuilder();
        var all = new List<Sketch>();
        Collect(DeclaredPipeline.Form.Sketch(), all);
        var everyStage = all.Single(s => s.Name == "stage").Members.Select(m => m.Name).ToHashSet();
        foreach (var sketch in all.OrderBy(s => Titles.Keys.ToList().IndexOf(s.Name)))
        {
            var besides = sketch.Name is "canaryStage" or "wavesStage";
            text.Append($"\n### {Titles[sketch.Name]}\n\n");
            Table(text, sketch.Members.Where(m => !besides || !everyStage.Contains(m.Name)));
            foreach (var variant in sketch.Variants)
            {
                text.Append($"\n**`\"{variant.Member}\": \"{variant.Word}\"`** {variant.About}\n");
                if (variant.Sketch.Members.Count == 0) continue;
                text.Append('\n');
                Table(text, variant.Sketch.Members);
            }
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, IEnumerable<Member> members)
    {
        text.Append("| member | what it means | what it may be | when left out |\n| --- | --- | --- | --- |\n");
        foreach (var member in members)
        {
            text.Append($"| `{member.Name}` | {Sentence(member.About)} | {member.Words} | {(member.IsRequired ? "**required**" : Default(member.Otherwise!))} |\n");
        }
    }

    private static string Sentence(string about) => char.ToUpperInvariant(about[0]) + about[1..];

    private static string Default(string otherwise) => otherwise.Contains(' ', StringComparison.Ordinal) || otherwise == "none" ? otherwise : $"`{otherwise.Trim('"')}`";

    private static void Collect(Sketch? sketch, List<Sketch> into)
    {
        if (sketch is null || into.Exists(s => s.Name == sketch.Name)) return;
        into.Add(sketch);
        foreach (var member in sketch.Members.Concat(sketch.Variants.SelectMany(v => v.Sketch.Members))) Collect(member.Sketch(), into);
    }
}
