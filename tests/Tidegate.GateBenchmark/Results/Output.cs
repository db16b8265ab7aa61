namespace Tidegate.GateBenchmark.Results;

/// <summary>Puts the measured part into docs/gate.md, between its two marks, and the plots beside it.</summary>
internal static class Output
{
    private const string Begin = "<!-- measured: begin -->", End = "<!-- measured: end -->";

    public static void Write(string folder, string report, Table table)
    {
        var plots = Directory.CreateDirectory(Path.Combine(folder, "gate")).FullName;
        File.WriteAllText(Path.Combine(plots, "blast-radius.svg"), Plot.Dots(
            "Bad requests that are the release's fault, mean over the runs (3 h)", "requests", table, table.Scenarios.Where(s => s.MustRollBack).Select(s => s.Name), c => c.HarmMean, 0.1));
        File.WriteAllText(Path.Combine(plots, "false-rollbacks.svg"), Plot.Dots(
            "False rollbacks of healthy releases, % (0.01 stands for none seen)", "%", table, table.Scenarios.Where(s => s.IsHealthy).Select(s => s.Name), c => 100 * c.Rate, 0.01));
        File.WriteAllText(Path.Combine(plots, "release-time.svg"), Plot.Dots(
            "A healthy release's median time to all requests, s", "s", table, table.Scenarios.Where(s => s.IsHealthy).Select(s => s.Name), c => c.ReleasedMedian, 100));
        File.WriteAllText(Path.Combine(plots, "time-to-verdict.svg"), Plot.Dots(
            "Median time to the rollback verdict, s", "s", table, table.Scenarios.Where(s => s.MustRollBack).Select(s => s.Name), c => c.VerdictMedian, 1));

        var page = Path.Combine(folder, "gate.md");
        var text = File.Exists(page) ? File.ReadAllText(page) : $"# The gate, measured\n\n{Begin}\n{End}\n";
        var (first, last) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (first < 0 || last < first) throw new InvalidDataException($"{page} lacks the marks {Begin} and {End}");

        File.WriteAllText(page, text[..(first + Begin.Length)] + "\n\n" + report + "\n" + text[last..]);
    }
}
