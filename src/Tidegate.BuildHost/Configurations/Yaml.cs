using System.Text.RegularExpressions;
using Nuke.Common.Utilities;

namespace Tidegate.BuildHost.Configurations;

/// <summary>The little of YAML that CI servers need. Every text is quoted that YAML could read otherwise.</summary>
internal static partial class Yaml
{
    private static readonly string[] Words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

    public static string Text(string text) =>
        Plain().IsMatch(text) && !Words.Contains(text, StringComparer.OrdinalIgnoreCase) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public static void Value(this CustomFileWriter writer, string name, string text)
    {
        if (text is not null)
            writer.WriteLine($"{name}: {Text(text)}");
    }

    public static void Value(this CustomFileWriter writer, string name, bool? value)
    {
        if (value is { } known)
            writer.WriteLine($"{name}: {(known ? "true" : "false")}");
    }

    public static void Value(this CustomFileWriter writer, string name, long? value)
    {
        if (value is { } known)
            writer.WriteLine($"{name}: {known}");
    }

    public static void List(this CustomFileWriter writer, string name, IReadOnlyCollection<string> texts)
    {
        if (texts is null or { Count: 0 })
            return;
        writer.Block(name, () =>
        {
            foreach (var text in texts)
                writer.WriteLine($"- {Text(text)}");
        });
    }

    /// <summary>Several lines as one text.</summary>
    public static void Lines(this CustomFileWriter writer, string name, IEnumerable<string> lines)
    {
        writer.WriteLine($"{name}: |");
        using (writer.Indent())
        {
            foreach (var line in lines)
                writer.WriteLine(line);
        }
    }

    public static void Values(this CustomFileWriter writer, string name, IReadOnlyCollection<(string Key, string Value)> values)
    {
        if (values.Count == 0)
            return;
        writer.Block(name, () =>
        {
            foreach (var (key, value) in values)
                writer.Value(key, value);
        });
    }

    public static void Block(this CustomFileWriter writer, string name, Action content)
    {
        writer.WriteLine($"{name}:");
        using (writer.Indent())
            content();
    }

    /// <summary>One of a list of objects: its first line, then the rest of it.</summary>
    public static void Item(this CustomFileWriter writer, string first, Action rest)
    {
        writer.WriteLine($"- {first}");
        using (writer.Indent())
            rest();
    }

    // Letters first, and nothing that begins a comment, a key or an alias. Versions and numbers are quoted: they are texts.
    [GeneratedRegex(@"^(\$\{\{ [^'#]+ \}\}|[A-Za-z_.~/\\][A-Za-z0-9_./\\~$()@+, -]*(?<! ))$")]
    private static partial Regex Plain();
}
