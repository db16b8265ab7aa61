using System.Globalization;
using System.Text;

namespace Tidegate.Edge.Counting;

/// <summary>Writes OpenMetrics text, family by family, a piece at a time.</summary>
/// <remarks>Of a histogram only the buckets are written whose count differs from the one before: a missing one has the
/// count of the last that is there.</remarks>
internal sealed class MetricsText(Stream to, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const string Prefix = "tidegate_edge_";
    private const int Piece = 32 * 1024;

    private static readonly string[] Edges = [.. LatencyBuckets.Milliseconds.Select(InSeconds)];

    private readonly StreamWriter _writer = new(to, new UTF8Encoding(false), leaveOpen: true);
    private readonly StringBuilder _text = new();

    public static string Label(string name, string value)
    {
        var escaped = value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        return $"{name}=\"{escaped}\"";
    }

    public static string Seconds(DateTimeOffset at) =>
        (at.ToUnixTimeMilliseconds() / 1000m).ToString("0.000", CultureInfo.InvariantCulture);

    public void Family(string name, string type, string help) =>
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {Prefix}{name} {help}\n# TYPE {Prefix}{name} {type}\n");

    public void Line<T>(string name, string labels, T value) =>
        _text.Append(CultureInfo.InvariantCulture, $"{Prefix}{name}{{{labels}}} {value}\n");

    public void Count(string name, string labels, long count) =>
        Line(name, labels, string.Create(CultureInfo.InvariantCulture, $"{count}.0"));

    public async Task CounterAsync<T>(
        string name,
        string help,
        IEnumerable<(string Labels, T Of)> series,
        Func<T, long> count)
    {
        Family(name, "counter", help);
        foreach (var (labels, of) in series)
        {
            Count(name + "_total", labels, count(of));
            await FlushAsync();
        }
    }

    public Task HistogramAsync(string name, string help, IEnumerable<(string Labels, LatencySnapshot Of)> series) =>
        HistogramAsync(name, "histogram", mark: "", help, series);

    /// <summary>One that may go down: of what is now, and will be something else.</summary>
    public Task GaugeHistogramAsync(
        string name,
        string help,
        IEnumerable<(string Labels, LatencySnapshot? Of)> series)
    {
        var some = series.Where(s => s.Of is not null).Select(s => (s.Labels, s.Of!));
        return HistogramAsync(name, "gaugehistogram", mark: "g", help, some);
    }

    public async Task EndAsync()
    {
        _text.Append("# EOF\n");
        await FlushAsync(least: 0);
    }

    public async Task FlushAsync(int least = Piece)
    {
        if (_text.Length < least) return;

        await _writer.WriteAsync(_text, cancellationToken);
        await _writer.FlushAsync(cancellationToken);
        _text.Clear();
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static string InSeconds(double milliseconds) =>
        ((decimal)milliseconds / 1000).ToString("0.0#######", CultureInfo.InvariantCulture);

    private async Task HistogramAsync(
        string name,
        string type,
        string mark,
        string help,
        IEnumerable<(string Labels, LatencySnapshot Of)> series)
    {
        Family(name, type, help);
        foreach (var (labels, of) in series)
        {
            var count = 0L;
            for (var i = 0; i < Edges.Length; i++)
            {
                count += of.Passed[i];
                if (of.Passed[i] > 0) Line(name + "_bucket", $"{labels},le=\"{Edges[i]}\"", count);
            }

            count += of.Passed[^1];
            Line(name + "_bucket", labels + ",le=\"+Inf\"", count);
            Line($"{name}_{mark}sum", labels, of.Seconds.ToString("R", CultureInfo.InvariantCulture));
            Line($"{name}_{mark}count", labels, count);
            await FlushAsync();
        }
    }
}
