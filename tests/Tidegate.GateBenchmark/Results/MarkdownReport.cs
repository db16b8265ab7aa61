using System.Globalization;
using System.Text;

namespace Tidegate.GateBenchmark.Results;

/// <summary>The tables as Markdown.</summary>
internal static class MarkdownReport
{
    public static string Of(Table table)
    {
        var text = new StringBuilder();
        Write(text, table, "False rollbacks of healthy releases, %", s => s.IsHealthy, c => (100 * c.Rate).ToString("0.00"));
        Write(text, table, "Healthy release, median s to all requests", s => s.IsHealthy, c => Seconds(c.ReleasedMedian));
        Write(text, table, "Detection: rollback verdict within 3 h, %", s => !s.IsHealthy, c => (100 * c.Rate).ToString("0.0"));
        Write(text, table, "Time to the verdict, median s", s => !s.IsHealthy, c => Seconds(c.VerdictMedian));
        Write(text, table, "Blast radius: mean attributable bad requests (3 h horizon)", s => !s.IsHealthy, c => c.HarmMean.ToString("0.0"));
        return text.ToString();
    }

    private static void Write(StringBuilder text, Table table, string title, Func<Scenarios.Scenario, bool> which, Func<Cell, string> value)
    {
        var rows = table.Scenarios.Where(which).ToList();
        if (rows.Count == 0) return;

        text.AppendLine(CultureInfo.InvariantCulture, $"**{title}**").AppendLine();
        text.AppendLine("| scenario | " + string.Join(" | ", table.Policies) + " |");
        text.AppendLine("|---" + string.Concat(Enumerable.Repeat("|---:", table.Policies.Count)) + "|");
        foreach (var row in rows) text.AppendLine($"| {row.Name} | " + string.Join(" | ", table.Policies.Select(p => table[p, row.Name] is { } cell ? value(cell) : "–")) + " |");
        text.AppendLine();
    }

    private static string Seconds(double seconds) => double.IsNaN(seconds) ? "–" : seconds.ToString("0");
}
