using System.Globalization;
using System.Text;

namespace Tidegate.Engine.Telemetry;

/// <summary>One line of metrics: a name, its labels, a value (which may be NaN or infinite: the caller refuses those).</summary>
public sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>Reads the OpenMetrics text format, strictly and within limits: what is not understood is no data, never a guess.</summary>
/// <remarks>Here, since every adapter that reads metrics needs it and adapters do not use each other. No package on the feed has one.</remarks>
public static class OpenMetricsText
{
    /// <summary>More text than this is refused: 4 MiB.</summary>
    public const int LargestText = 4 * 1024 * 1024;

    /// <summary>More samples than this are refused.</summary>
    public const int MostSamples = 50_000;

    /// <returns>The samples, or null with the reason.</returns>
    public static IReadOnlyList<MetricSample>? Read(string text, out string? problem)
    {
        problem = null;
        if (text.Length > LargestText)
        {
            problem = $"the text is longer than {LargestText} characters";
            return null;
        }

        var samples = new List<MetricSample>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Length == 0 || line[0] == '#' || line == "\r") continue;
            if (samples.Count == MostSamples || Sample(line.TrimEnd('\r')) is not { } sample)
            {
                problem = samples.Count == MostSamples ? $"more than {MostSamples} samples" : $"line {number} is no sample";
                return null;
            }

            samples.Add(sample);
        }

        return samples;
    }

    private static MetricSample? Sample(string line)
    {
        var at = 0;
        while (at < line.Length && (char.IsAsciiLetterOrDigit(line[at]) || line[at] is '_' or ':')) at++;
        if (at == 0 || at == line.Length || char.IsAsciiDigit(line[0])) return null;

        var name = line[..at];
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (line[at] == '{' && !Labels(line, ref at, labels)) return null;

        // Value, then perhaps a timestamp or an exemplar, which are of no use here.
        var rest = line[at..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return line[at] == ' ' && rest.Length > 0 && Number(rest[0]) is { } value ? new(name, labels, value) : null;
    }

    private static bool Labels(string line, ref int at, Dictionary<string, string> labels)
    {
        at++;
        while (at < line.Length && line[at] != '}')
        {
            var equals = line.IndexOf("=\"", at, StringComparison.Ordinal);
            if (equals < 0) return false;
            var name = line[at..equals];
            at = equals + 2;
            var value = new StringBuilder();
            for (; at < line.Length && line[at] != '"'; at++)
            {
                if (line[at] != '\\') value.Append(line[at]);
                else if (++at == line.Length) return false;
                else value.Append(line[at] == 'n' ? '\n' : line[at]);
            }

            if (name.Length == 0 || at++ >= line.Length || !labels.TryAdd(name, value.ToString())) return false;
            if (at < line.Length && line[at] == ',') at++;
        }

        return at++ < line.Length && at < line.Length;
    }

    private static double? Number(string text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
    };
}
