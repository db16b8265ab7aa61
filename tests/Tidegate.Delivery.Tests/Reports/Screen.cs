using System.Globalization;

namespace Tidegate.Delivery.Tests.Reports;

/// <summary>As much of a terminal as our output uses: lines, cursor up, erase line and below; colours are dropped.</summary>
internal static class Screen
{
    public static string After(string output)
    {
        var lines = new List<string> { "" };
        var (row, at) = (0, 0);
        while (at < output.Length)
        {
            switch (output[at])
            {
                case '\u001b':
                    var end = at + 2;
                    while (!char.IsAsciiLetter(output[end])) end++;
                    var count = int.TryParse(output[(at + 2)..end], CultureInfo.InvariantCulture, out var number) ? number : 1;
                    if (output[end] == 'A') row -= count;
                    else if (output[end] == 'K') lines[row] = "";
                    else if (output[end] == 'J')
                    {
                        lines.RemoveRange(row, lines.Count - row);
                        lines.Add("");
                    }

                    at = end + 1;
                    break;
                case '\n':
                    if (++row == lines.Count) lines.Add("");
                    at++;
                    break;
                case '\r':
                    at++;
                    break;
                default:
                    lines[row] += output[at++];
                    break;
            }

            if (row < 0) throw new InvalidOperationException("The cursor left the screen.");
        }

        return string.Join('\n', lines.Select(l => l.TrimEnd()));
    }
}
