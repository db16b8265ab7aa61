using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tidegate.Signals;

/// <summary>Text from outside, made fit for our own output: it cannot begin a line, command a CI agent, or fill a page.</summary>
public static partial class ForeignText
{
    /// <summary>More than this many characters are cut off.</summary>
    public const int Longest = 200;

    /// <summary>One line of visible characters: control and formatting characters as escapes, CI commands taken apart.</summary>
    public static string Line(string text, int longest = Longest)
    {
        var cut = text.Length > longest ? text[..longest] : text;
        var safe = new StringBuilder(cut.Length);
        foreach (var c in cut) safe.Append(Escaped(c));

        // GitHub's commands begin with '::', Azure's with '##vso[' or '##['.
        var line = Azure().Replace(Colons().Replace(safe.ToString(), ": "), "## $1");
        return line.Length > longest || cut.Length < text.Length ? line[..Math.Min(line.Length, longest)] + "…" : line;
    }

    /// <summary>As <see cref="Line"/>, of the end of a text, where programs tell why they failed.</summary>
    public static string LastLines(string text, int longest = Longest)
    {
        var trimmed = text.Trim();
        return trimmed.Length > longest ? "…" + Line(trimmed[^longest..], longest) : Line(trimmed, longest);
    }

    private static string Escaped(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned =>
            string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => c.ToString(),
    };

    [GeneratedRegex(":(?=:)")]
    private static partial Regex Colons();

    [GeneratedRegex(@"##(vso\[|\[)", RegexOptions.IgnoreCase)]
    private static partial Regex Azure();
}
