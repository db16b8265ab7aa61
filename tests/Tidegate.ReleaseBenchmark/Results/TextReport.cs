using System.Text;
using static System.FormattableString;

namespace Tidegate.ReleaseBenchmark.Results;

/// <summary>Everything in tables, in Markdown.</summary>
internal static class TextReport
{
    public static string Of(
        IReadOnlyList<WorldResult> results, IReadOnlyList<WorldResult> rivals, IReadOnlyList<Goal> goals)
    {
        var text = new StringBuilder();
        Healthy(text, "Releases in which nothing is wrong", Which(results, fault: false), of: "");
        Faults(text, "Faults", Which(results, fault: true), of: "");
        Healthy(text, "The same, by rivals", Which(rivals, fault: false), of: "policy | ");
        Faults(text, "The same faults, by rivals", Which(rivals, fault: true), of: "policy | ");
        text.AppendLine("### Goals").AppendLine().AppendLine("| | goal | measured | |").AppendLine("|---|---|---|---|");
        foreach (var goal in goals) text.AppendLine($"| {goal.Id} | {goal.Text} | {goal.Measured} | {goal.Mark} |");
        return text.ToString();
    }

    private static List<WorldResult> Which(IReadOnlyList<WorldResult> results, bool fault) =>
        [.. results.Where(r => r.World.World.Fault is not null == fault)];

    private static void Healthy(StringBuilder text, string title, List<WorldResult> results, string of)
    {
        if (results.Count == 0) return;

        string[] columns =
        [
            "released %", "rolled back %", "held %", "stuck %",
            "hours to 100 % (p90)", "hours to the end (p90)", "probes", "accused of",
        ];
        Head(text, title, of, columns);
        foreach (var r in results)
        {
            string[] cells =
            [
                $"{r.Released}", $"{r.RolledBack}", $"{r.Held}", $"{r.Stuck}",
                Two(r.HoursTo100.Median, r.HoursTo100.P90), Two(r.HoursToEnd.Median, r.HoursToEnd.P90),
                Invariant($"{r.Probes:0.##}"), Accused(r),
            ];
            Row(text, r, of, cells);
        }

        text.AppendLine();
    }

    private static void Faults(StringBuilder text, string title, List<WorldResult> results, string of)
    {
        if (results.Count == 0) return;

        string[] columns =
        [
            "found %", "before it began %", "held %", "released %",
            "bad, mean (p95)", "seconds to the verdict, median (p95)", "accused of",
        ];
        Head(text, title, of, columns);
        foreach (var r in results)
        {
            string[] cells =
            [
                $"{r.Found}", Invariant($"{100 * (r.RolledBack.Share - r.Found.Share):0.##}"),
                $"{r.Held}", $"{r.Released}",
                Two(r.Bad.Mean, r.Bad.P95), Two(r.SecondsToVerdict.Median, r.SecondsToVerdict.P95), Accused(r),
            ];
            Row(text, r, of, cells);
        }

        text.AppendLine();
    }

    private static void Head(StringBuilder text, string title, string of, string[] columns)
    {
        text.AppendLine($"### {title}").AppendLine();
        var first = of.Length > 0 ? "|---" : "";
        text.AppendLine($"| {of}world | runs | {string.Join(" | ", columns)} |");
        text.AppendLine($"{first}|---|---:{string.Concat(Enumerable.Repeat("|---:", columns.Length))}|");
    }

    private static void Row(StringBuilder text, WorldResult r, string of, string[] cells)
    {
        var first = of.Length > 0 ? $"| {r.Policy} " : "";
        text.AppendLine($"{first}| {r.World.Name} | {r.Runs.Count} | {string.Join(" | ", cells)} |");
    }

    private static string Two(double? first, double? second) =>
        first is null ? "–" : Invariant($"{first:0.##} ({second:0.##})");

    private static string Accused(WorldResult r) =>
        string.Join(", ", r.Accused.Take(3).Select(a => $"{a.Key} {a.Value}"));
}
