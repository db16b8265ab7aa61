namespace Tidegate.Engine.Telemetry;

/// <summary>Reads the text that services tell their metrics in: Prometheus's format 0.0.4 and OpenMetrics 1.0.</summary>
/// <remarks>Strict: a text that is cut off, holds a sample twice or anything that is not of the format is unreadable as a whole,
/// since a part of it would be taken for all of it. Times and exemplars are checked and dropped.</remarks>
public static class OpenMetricsText
{
    /// <summary>Characters that a foreign text may have.</summary>
    public const int LongestText = 1024 * 1024;

    /// <summary>Samples that a foreign text may have.</summary>
    public const int MostSamples = 10_000;

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "counter", "gauge", "histogram", "summary", "untyped", "unknown", "info", "stateset", "gaugehistogram",
    };

    /// <summary>Reads a foreign text.</summary>
    public static OpenMetricsReading Parse(string text) => Parse(text, LongestText, MostSamples);

    /// <summary>Reads the text of somebody who may have more to tell.</summary>
    public static OpenMetricsReading Parse(string text, int longestText, int mostSamples)
    {
        if (text.Length > longestText) return new OpenMetricsReading.Unreadable($"more than {longestText} characters");
        if (text.Length > 0 && text[^1] != '\n') return new OpenMetricsReading.Unreadable("the last line has no end: the text is cut off");

        var samples = new List<OpenMetricsSample>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        var ended = false;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan()[range];
            if (line.IsWhiteSpace()) continue;

            if (ended) return Unreadable(number, "there is more behind '# EOF'");
            if (line[0] == '#')
            {
                ended = line is "# EOF";
                if (WrongType(line, known)) return Unreadable(number, "this is no type, or the second for its metric");
                continue;
            }

            if (OpenMetricsLine.Parse(line) is not { } sample) return Unreadable(number, "this is no sample");
            if (!known.Add(Identity(sample))) return Unreadable(number, "the sample is there twice");
            if (samples.Count == mostSamples) return Unreadable(number, $"more than {mostSamples} samples");

            samples.Add(sample);
        }

        return new OpenMetricsReading.Read(samples);
    }

    private static OpenMetricsReading.Unreadable Unreadable(int line, string what) => new($"line {line}: {what}");

    /// <summary>Comments may say anything, but a type must be one, and is told once.</summary>
    private static bool WrongType(ReadOnlySpan<char> line, HashSet<string> known)
    {
        var words = line.ToString().Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words is ["#", "TYPE", ..] && !(words is [_, _, var name, var type] && Types.Contains(type) && known.Add("# TYPE " + name));
    }

    private static string Identity(OpenMetricsSample sample) => sample.Name + "\n" + string.Join(
        '\n', sample.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value.Length}:{l.Value}"));
}
