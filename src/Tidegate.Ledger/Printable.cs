using System.Text;

namespace Tidegate.Ledger;

/// <summary>Text that was read from a file or handed in, made safe for a line of a message.</summary>
internal static class Printable
{
    public static string Text(string text, int most)
    {
        var safe = new StringBuilder();
        foreach (var c in text.Length > most ? text[..most] + "…" : text)
        {
            safe.Append(char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '?' : c);
        }

        return safe.ToString();
    }
}
