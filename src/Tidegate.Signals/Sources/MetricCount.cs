using Tidegate.Engine.Telemetry;

namespace Tidegate.Signals;

/// <summary>What a text tells of a rule's two counters: a count, that it has none, or that it cannot be read.</summary>
/// <param name="Absent">The series that is not there, or is no number.</param>
/// <param name="Unreadable">What is wrong with it.</param>
internal sealed record MetricAnswer(EventCount? Count, string? Absent, string? Unreadable);

/// <summary>Finds a rule's counters among samples.</summary>
internal static class MetricCount
{
    public static MetricAnswer Of(SignalRule.Metric rule, IReadOnlyList<OpenMetricsSample> samples)
    {
        var (events, exposures) = (Value(rule.Events, samples), Value(rule.Exposures, samples));
        if ((events.Unreadable ?? exposures.Unreadable) is { } bad) return new(null, null, bad);
        if ((events.Absent ?? exposures.Absent) is { } none) return new(null, none, null);

        return new(new EventCount((long)events.Value, (long)exposures.Value), null, null);
    }

    /// <summary>The first of the rule's series of which a sample does not say which version it is of; null when all do.</summary>
    public static MetricSeries? Nameless(SignalRule.Metric rule, IReadOnlyList<OpenMetricsSample> samples, string label) =>
        new[] { rule.Events, rule.Exposures }.FirstOrDefault(series => Matching(series, samples).Exists(s => string.IsNullOrEmpty(s.Labels.GetValueOrDefault(label))));

    private static (double Value, string? Absent, string? Unreadable) Value(MetricSeries series, IReadOnlyList<OpenMetricsSample> samples)
    {
        var matching = Matching(series, samples);
        if (matching.Count == 0) return (0, $"there is no {series}", null);
        if (matching.Count > 1 && !series.Sum) return (0, null, $"{matching.Count} series match {series}, and it is not said that they are to be summed");
        if (matching.Exists(s => !double.IsFinite(s.Value))) return (0, $"{series} is not a finite number", null);

        var sum = matching.Sum(s => s.Value);
        return sum is >= 0 and < long.MaxValue ? (sum, null, null) : (0, null, FormattableString.Invariant($"{series} is {sum}, which is no count"));
    }

    private static List<OpenMetricsSample> Matching(MetricSeries series, IReadOnlyList<OpenMetricsSample> samples) =>
        [.. samples.Where(s => s.Name == series.Name && series.Labels.All(l => s.Labels.GetValueOrDefault(l.Key) == l.Value))];
}
