using System.Text;
using Nuke.Common.Utilities;

namespace Nuke.Common.Tooling;

/// <summary>Quoting as .NET takes a command line apart, on every platform: no value can become two arguments.</summary>
internal static class Argument
{
    public static string QuoteIfNeeded(string text) =>
        text.Length == 0 || text.IsDoubleQuoted() || text.AsSpan().IndexOfAny(" \t\"") < 0 ? text : Quote(text);

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        var backslashes = 0;
        foreach (var letter in text)
        {
            // Backslashes count only before a quote, where each has to be doubled.
            if (letter == '"')
                quoted.Append('\\', backslashes + 1);
            backslashes = letter == '\\' ? backslashes + 1 : 0;
            quoted.Append(letter);
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
