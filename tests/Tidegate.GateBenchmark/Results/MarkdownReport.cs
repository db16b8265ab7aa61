using System.Text;
using Tidegate.GateBenchmark.Scenarios;
using static System.FormattableString;

namespace Tidegate.GateBenchmark.Results;

/// <summary>What the runs came to, as Markdown: goals first, then the policies side by side, then every cell.</summary>
internal static class MarkdownReport
{
    private const string Gate = "tidegate";

    public static string Of(
        Table table, Table worlds, Goals goals, ReleaseGoals release, SequentialOptions options, string how)
    {
        var text = new StringBuilder();
        text.AppendLine(how).AppendLine();
        WriteGoals(text, goals);
        WriteGoals(text, release);
        WritePolicies(text, table);
        WriteLosses(text, table);
        Write(text, table, "False rollbacks of healthy releases, %", s => s.IsHealthy, c => Invariant($"{100 * c.Rate:0.00}"));
        WriteFalseReasons(text, table);
        Write(text, table, "A healthy release's median time to all requests, s", s => s.IsHealthy, c => Seconds(c.ReleasedMedian));
        Write(text, table, "Detection: rolled back within 3 h, %", s => !s.IsHealthy, c => Invariant($"{100 * c.Rate:0.0}"));
        Write(text, table, "Median time to the verdict, s", s => !s.IsHealthy, c => Seconds(c.VerdictMedian));
        Write(text, table, "Blast radius: mean bad requests that are the release's fault, over 3 h", s => !s.IsHealthy, c => Number(c.HarmMean));
        WriteFloors(text, table, options);
        WriteWorlds(text, worlds);
        return text.ToString().TrimEnd() + "\n";
    }

    /// <summary>The goals alone.</summary>
    public static string OfGoals(Goals goals, ReleaseGoals release)
    {
        var text = new StringBuilder();
        WriteGoals(text, goals);
        WriteGoals(text, release);
        return text.ToString();
    }

    private static void WriteGoals(StringBuilder text, Goals goals)
    {
        Head(text, "Goals", ["goal", "what", "measured", "met"], numbers: false);
        foreach (var goal in goals.All()) text.AppendLine($"| {goal.Id} | {goal.Text} | {goal.Measured} | {goal.Mark} |");
        text.AppendLine();
    }

    private static void WriteGoals(StringBuilder text, ReleaseGoals goals)
    {
        Head(text, "Goals of a release, as far as one region can tell", ["goal", "what", "measured", ""], numbers: false);
        foreach (var goal in goals.All())
        {
            var mark = goal.Met switch { true => "reached", false => "**missed**", null => "not measured" };
            text.AppendLine($"| {goal.Id} | {goal.Text} | {goal.Measured} | {mark} |");
        }

        text.AppendLine();
    }

    private static void WritePolicies(StringBuilder text, Table table)
    {
        if (!table.Scenarios.Any(s => s.IsHealthy) || !table.Scenarios.Any(s => s.MustRollBack)) return;

        Head(text, "Side by side", ["policy", "worst false-rollback %", "mean %", "faults found in at least 99 %", "geomean bad requests", "tidegate / policy"]);
        foreach (var policy in table.Policies)
        {
            var (healthy, faulty) = (table.Healthy(policy).ToList(), table.MustRollBack(policy).ToList());
            var share = table.Policies.Contains(Gate) ? Invariant($"{table.Blast(Gate) / table.Blast(policy):0.0000}") : "–";
            text.AppendLine(Invariant($"| {policy} | {100 * healthy.Max(c => c.Rate):0.00} | {100 * healthy.Average(c => c.Rate):0.00} | {faulty.Count(c => c.Rate >= 0.99)} of {faulty.Count} | {table.Blast(policy):0.#} | {share} |"));
        }

        text.AppendLine();
    }

    /// <summary>Where a rival loses fewer requests: said plainly, with what it pays for that.</summary>
    private static void WriteLosses(StringBuilder text, Table table)
    {
        if (!table.Policies.Contains(Gate)) return;

        var lost = (
            from ours in table.MustRollBack(Gate)
            from policy in table.Policies
            let theirs = table[policy, ours.Scenario.Name]
            where policy is not (Gate or ReleaseGoals.Policy) && theirs is not null && theirs.HarmMean < ours.HarmMean
            select $"| {ours.Scenario.Name} | {policy} | {Number(theirs.HarmMean)} | {Number(ours.HarmMean)} | {Invariant($"{100 * table.Healthy(policy).Select(c => c.Rate).DefaultIfEmpty().Max():0.0}")} |").ToList();
        Head(text, "Where a rival loses fewer requests", ["scenario", "rival", "its bad requests", "tidegate's", "its worst false-rollback %"]);
        if (lost.Count == 0) text.AppendLine("| nowhere in these runs | | | | |");
        foreach (var line in lost) text.AppendLine(line);
        text.AppendLine();
    }

    /// <summary>What the gate's own false rollbacks were accused of: where its error budget really goes.</summary>
    private static void WriteFalseReasons(StringBuilder text, Table table)
    {
        var cells = table.Healthy(Gate).ToList();
        if (cells.Count == 0) return;

        Head(text, "What the gate's false rollbacks were accused of", ["accusation", "rollbacks", "% of healthy releases"]);
        foreach (var reason in cells.SelectMany(c => c.Reasons).GroupBy(r => r.Key, r => r.Value).OrderByDescending(r => r.Sum()))
        {
            text.AppendLine(Invariant($"| {reason.Key} | {reason.Sum()} | {100.0 * reason.Sum() / cells.Sum(c => c.Runs):0.000} |"));
        }

        text.AppendLine();
    }

    private static void Write(StringBuilder text, Table table, string title, Func<Scenario, bool> which, Func<Cell, string> value)
    {
        var rows = table.Scenarios.Where(which).ToList();
        if (rows.Count == 0) return;

        Head(text, title, ["scenario", .. table.Policies]);
        foreach (var row in rows)
        {
            text.AppendLine($"| {row.Name} | {string.Join(" | ", table.Policies.Select(p => table[p, row.Name] is { } cell ? value(cell) : "–"))} |");
        }

        text.AppendLine();
    }

    private static void WriteFloors(StringBuilder text, Table table, SequentialOptions options)
    {
        string[] which = ["F02", "F03", "F04", "F05", "F15", "F16", "F17", "F18", "F19", "F22", "F25"];
        var cells = table.MustRollBack(Gate).Where(c => which.Any(w => c.Scenario.Name.StartsWith(w, StringComparison.Ordinal))).ToList();
        if (cells.Count == 0) return;

        Head(text, "Physical floors", ["scenario", "information floor, bad", "reaction floor, bad", "measured, bad", "measured / larger floor", "information floor, s", "measured verdict, s"]);
        foreach (var cell in cells)
        {
            var floor = Floors.Of(cell.Scenario, options);
            text.AppendLine(Invariant($"| {cell.Scenario.Name} | {floor.Information:0.0} | {floor.Reaction:0.0} | {cell.HarmMean:0.0} | {cell.HarmMean / floor.Largest:0.00} | {floor.Seconds:0.0} | {cell.VerdictMedian:0} |"));
        }

        text.AppendLine();
    }

    /// <summary>The worlds of the release's goals, one by one.</summary>
    private static void WriteWorlds(StringBuilder text, Table worlds)
    {
        var cells = worlds.Scenarios.Select(s => worlds[ReleaseGoals.Policy, s.Name]).OfType<Cell>().ToList();
        if (cells.Count == 0) return;

        string[] columns =
            ["world", "rolled back, %", "held, %", "to all requests, s", "verdict, s", "bad", "bad (p95)", "accused most often"];
        Head(text, "The rollout in the worlds of a release's goals", columns);
        foreach (var cell in cells)
        {
            var (back, held) = (100 * cell.Rate, 100.0 * cell.Held / cell.Runs);
            text.Append(Invariant($"| {cell.Scenario.Name} | {back:0.0} | {held:0.0} | {Seconds(cell.ReleasedMedian)} "));
            text.Append($"| {Seconds(cell.VerdictMedian)} | {Number(cell.HarmMean)} | {Number(cell.Harm95)} ");
            text.AppendLine($"| {(cell.Reasons.Count == 0 ? "–" : cell.Reasons.MaxBy(r => r.Value).Key)} |");
        }

        text.AppendLine();
    }

    private static void Head(StringBuilder text, string title, IReadOnlyList<string> columns, bool numbers = true)
    {
        text.AppendLine($"### {title}").AppendLine();
        text.AppendLine($"| {string.Join(" | ", columns)} |");
        text.AppendLine("|---" + string.Concat(Enumerable.Repeat(numbers ? "|---:" : "|---", columns.Count - 1)) + "|");
    }

    private static string Seconds(double seconds) => double.IsNaN(seconds) ? "–" : Invariant($"{seconds:0}");

    private static string Number(double value) => value < 100 ? Invariant($"{value:0.0}") : Invariant($"{value:0}");
}
