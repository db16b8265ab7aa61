using System.Globalization;
using System.Text;

namespace Tidegate.Pipeline;

/// <summary>Text that others wrote, made harmless for a message: one line, visible, bounded.</summary>
/// <remarks>Control characters and line ends are escaped, so nothing can begin a line of its own and be taken for a command
/// of the CI system; letters that only look like others are shown by their code point.</remarks>
internal static class Foreign
{
    private const int Longest = 80;

    /// <summary>The text without anything that moves a cursor or begins a line; not shortened unless it is very long.</summary>
    public static string Line(string text, int longest = 2_000)
    {
        if (text.Length <= longest && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;

        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= longest) return line.Append('…').ToString();
            if (IsUnseen(rune)) line.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else line.Append(rune.ToString());
        }

        return line.ToString();
    }

    /// <summary>The text in quotation marks, at most 80 characters of it.</summary>
    public static string Quoted(string text) => $"\"{Line(text, Longest)}\"";

    /// <summary>Which characters are none of ASCII, for example <c>U+0435 at 1</c>; empty when there is none.</summary>
    public static string Strangers(string text)
    {
        var found = new List<string>();
        var position = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsAscii && found.Count < 5) found.Add(string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4} at {position}"));
            position++;
        }

        return string.Join(", ", found);
    }

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;
}
