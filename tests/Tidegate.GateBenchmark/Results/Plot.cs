using System.Text;
using static System.FormattableString;

namespace Tidegate.GateBenchmark.Results;

/// <summary>Plain SVG: readable in a browser, and in a diff.</summary>
internal static class Plot
{
    private const int Left = 180, Top = 56, Row = 24, Width = 820, Right = 80;
    private static readonly string[] Colours = ["#8c8c8c", "#bdbdbd", "#4c72b0", "#a6bddb", "#55a868", "#a1d99b", "#8172b2", "#c5b0d5", "#c44e52"];

    /// <summary>Dots on a logarithmic axis: a row for each scenario, a colour for each policy.</summary>
    public static string Dots(string title, string unit, Table table, IEnumerable<string> scenarios, Func<Cell, double> value, double least)
    {
        var rows = scenarios.ToList();
        var values = rows.SelectMany(r => table.Policies.Select(p => table[p, r])).OfType<Cell>().Select(value).Where(double.IsFinite).ToList();
        if (values.Count == 0) return string.Empty;

        var (low, high) = (Math.Floor(Math.Log10(Math.Max(least, values.Min()))), Math.Ceiling(Math.Log10(Math.Max(least * 10, values.Max()))));
        var svg = Begin(title, Top + (Row * rows.Count) + 60);
        for (var power = low; power <= high; power++) Tick(svg, X(Math.Pow(10, power)), rows.Count, Invariant($"{Math.Pow(10, power):0.#}"));
        for (var i = 0; i < rows.Count; i++)
        {
            var y = Top + (Row * i) + (Row / 2);
            svg.AppendLine(Invariant($"<text x=\"{Left - 8}\" y=\"{y + 4}\" text-anchor=\"end\">{Escape(rows[i])}</text>"));
            for (var p = 0; p < table.Policies.Count; p++)
            {
                if (table[table.Policies[p], rows[i]] is not { } cell || !double.IsFinite(value(cell))) continue;
                var radius = table.Policies[p] == "tidegate" ? 6 : 4;
                svg.AppendLine(Invariant($"<circle cx=\"{X(Math.Max(least, value(cell))):0.0}\" cy=\"{y}\" r=\"{radius}\" fill=\"{Colour(table, p)}\"><title>{table.Policies[p]}: {value(cell):0.##} {unit}</title></circle>"));
            }
        }

        Legend(svg, table, Top + (Row * rows.Count) + 34);
        return svg.Append("</svg>\n").ToString();

        double X(double v) => Left + ((Math.Log10(v) - low) / Math.Max(1, high - low) * (Width - Left - Right));
    }

    private static StringBuilder Begin(string title, int height) => new StringBuilder()
        .AppendLine(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">"))
        .AppendLine("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>")
        .AppendLine(Invariant($"<text x=\"12\" y=\"22\" font-size=\"15\">{Escape(title)}</text>"));

    private static void Tick(StringBuilder svg, double x, int rows, string label) => svg
        .AppendLine(Invariant($"<line x1=\"{x:0.0}\" x2=\"{x:0.0}\" y1=\"{Top - 6}\" y2=\"{Top + (Row * rows)}\" stroke=\"#e0e0e0\"/>"))
        .AppendLine(Invariant($"<text x=\"{x:0.0}\" y=\"{Top - 10}\" text-anchor=\"middle\" fill=\"#606060\">{label}</text>"));

    private static void Legend(StringBuilder svg, Table table, int y)
    {
        for (var p = 0; p < table.Policies.Count; p++)
        {
            var x = 12 + (p * 89);
            svg.AppendLine(Invariant($"<circle cx=\"{x + 4}\" cy=\"{y - 4}\" r=\"4\" fill=\"{Colour(table, p)}\"/><text x=\"{x + 12}\" y=\"{y}\" font-size=\"11\">{table.Policies[p]}</text>"));
        }
    }

    private static string Colour(Table table, int policy) => table.Policies[policy] == "tidegate" ? Colours[^1] : Colours[policy % (Colours.Length - 1)];

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
