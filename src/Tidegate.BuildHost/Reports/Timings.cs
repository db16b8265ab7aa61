using System.Globalization;
using System.Text.Json;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Reports;

/// <summary>
/// How long each target took when it last succeeded: <c>.nuke/temp/timings.json</c>, milliseconds, the newest last. Shown on request;
/// the summary mentions a target only when it took much longer than usual.
/// </summary>
internal sealed class Timings
{
    /// <summary>Older runs are forgotten.</summary>
    private const int MostKept = 20;

    /// <summary>Fewer runs say nothing about what is usual.</summary>
    private const int Enough = 5;

    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(10);

    /// <summary>A target that usually takes less had nothing to do then: no measure for when it has.</summary>
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(1);
    private readonly SortedDictionary<string, List<long>> _past = new(StringComparer.Ordinal);

    public static Timings Read(BuildSession session)
    {
        var timings = new Timings();
        if (PathIn(session) is not { } path || !path.FileExists())
            return timings;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var target in document.RootElement.EnumerateObject())
                timings._past[target.Name] = [.. target.Value.EnumerateArray().Select(each => each.GetInt64())];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            // A file that is broken tells nothing; the next run writes it anew.
            timings._past.Clear();
        }

        return timings;
    }

    /// <summary>The median of past runs; null when there are too few.</summary>
    public TimeSpan? Usual(string target) =>
        _past.TryGetValue(target, out var past) && past.Count >= Enough ? TimeSpan.FromMilliseconds(Median(past)) : null;

    /// <summary>Notes what took much longer than usual, then adds this run.</summary>
    public static void Take(BuildSession session, IReadOnlyCollection<ExecutableTarget> plan)
    {
        var ran = plan.Where(target => target.Status == ExecutionStatus.Succeeded).ToArray();
        if (ran.Length == 0 || PathIn(session) is not { } path)
            return;
        var timings = Read(session);
        foreach (var target in ran)
        {
            if (timings.Usual(target.Name) is { } usual && usual >= Work && target.Duration > usual * 1.5 && target.Duration - usual > Noticeable)
                target.SummaryInformation["Usually"] = Summary.Shown(usual);
            timings.Add(target);
        }

        RunFiles.Write(path, timings.Write);
    }

    public static int Show(BuildSession session)
    {
        var timings = Read(session);
        if (timings._past.Count == 0)
            session.Out.WriteLine("No target has run here yet.");
        else
            session.Out.Write(timings.Table());
        return ExitCodes.Succeeded;
    }

    private string Table()
    {
        var width = Math.Max(12, _past.Keys.Max(name => name.Length) + 3);
        var rows = _past.Select(each => Row(each.Key, $"{each.Value.Count}", Text(each.Value[^1]), Text(Median(each.Value)), Text(each.Value.Min()), Text(each.Value.Max())));
        return string.Concat(rows.Prepend(Row("Target", "runs", "last", "median", "min", "max")));

        string Row(string name, params string[] cells) => $"{name.PadRight(width)}{string.Concat(cells.Select(cell => cell.PadLeft(11)))}{Environment.NewLine}";
    }

    private void Add(ExecutableTarget target)
    {
        if (!_past.TryGetValue(target.Name, out var past))
            _past[target.Name] = past = [];
        past.Add((long)target.Duration.TotalMilliseconds);
        past.RemoveRange(0, Math.Max(0, past.Count - MostKept));
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, past) in _past)
        {
            json.WriteStartArray(name);
            past.ForEach(json.WriteNumberValue);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static AbsolutePath PathIn(BuildSession session) => RunFiles.Folder(session) is { } folder ? folder / "timings.json" : null;

    private static long Median(List<long> past) => past.Order().ElementAt(past.Count / 2);

    private static string Text(long milliseconds) => milliseconds < 60_000
        ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.000} s")
        : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000}:{milliseconds / 1000 % 60:00} min");
}
