using System.Text;

namespace Nuke.Common.CI;

/// <summary>Text that must not be read as a command of a CI server.</summary>
internal static class ServerText
{
    public static string Variable(string name) => Tidegate.BuildHost.Execution.BuildSession.Current.Environment.GetValueOrDefault(name);

    /// <summary>Puts a blank into every occurrence of a command's beginning, so that people still can read it.</summary>
    public static string Break(string text, params ReadOnlySpan<string> beginnings)
    {
        foreach (var beginning in beginnings)
            text = text.Replace(beginning, beginning[..1] + " " + beginning[1..], StringComparison.OrdinalIgnoreCase);
        return text;
    }

    /// <summary>The same for commands that count only at the beginning of a line.</summary>
    public static string BreakAtLineStart(string text, string beginning)
    {
        if (!text.Contains(beginning, StringComparison.Ordinal))
            return text;
        var safe = new StringBuilder(text.Length + 8);
        foreach (var line in text.Split('\n'))
        {
            if (safe.Length > 0)
                safe.Append('\n');
            safe.Append(line.TrimStart().StartsWith(beginning, StringComparison.Ordinal) ? Break(line, beginning) : line);
        }

        return safe.ToString();
    }
}
