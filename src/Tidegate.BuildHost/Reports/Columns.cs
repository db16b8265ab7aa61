using System.Text;

namespace Tidegate.BuildHost.Reports;

/// <summary>Two columns of text: names, and what is said of them, broken at the width of the terminal.</summary>
internal static class Columns
{
    /// <summary>A terminal that leaves the second column less gets it unbroken.</summary>
    private const int Least = 20;

    /// <param name="rows">Line breaks in the right text are kept.</param>
    /// <param name="indent">Blanks before every line.</param>
    /// <param name="width">Columns of the terminal; null breaks nothing.</param>
    public static string Of(IReadOnlyCollection<(string Left, string Right)> rows, int indent, int? width)
    {
        var text = new StringBuilder();
        var left = rows.Count == 0 ? 0 : rows.Max(row => row.Left.Length) + 3;
        var room = width - indent - left is { } rest && rest >= Least ? rest : int.MaxValue;
        foreach (var row in rows)
        {
            var first = true;
            foreach (var line in row.Right.Split('\n').SelectMany(line => Broken(line.Trim(), room)))
            {
                text.Append(' ', indent).Append((first ? row.Left : string.Empty).PadRight(left)).Append(line);
                while (text.Length > 0 && text[^1] == ' ')
                    text.Length--;
                text.AppendLine();
                first = false;
            }
        }

        return text.ToString();
    }

    /// <summary>Breaks between words; a word that is too long stays whole.</summary>
    public static IEnumerable<string> Broken(string line, int room)
    {
        while (line.Length > room)
        {
            var at = line.LastIndexOf(' ', room);
            if (at <= 0)
                at = line.IndexOf(' ', room);
            if (at <= 0)
                break;
            yield return line[..at].TrimEnd();
            line = line[(at + 1)..].TrimStart();
        }

        yield return line;
    }
}
