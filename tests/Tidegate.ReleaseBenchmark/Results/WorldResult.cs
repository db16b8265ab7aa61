using Tidegate.ReleaseBenchmark.Playing;
using Tidegate.ReleaseBenchmark.Worlds;

namespace Tidegate.ReleaseBenchmark.Results;

/// <summary>One policy in one world: what its releases came to.</summary>
internal sealed record WorldResult(string Policy, ReleaseWorld World, IReadOnlyList<Played> Runs)
{
    public Interval Released => Count(r => r.End == End.Released);

    public Interval RolledBack => Count(r => r.End == End.RolledBack);

    /// <summary>Rolled back once something was wrong.</summary>
    public Interval Found => Count(r => r.Found);

    public Interval Held => Count(r => r.End == End.Held);

    public Interval Stuck => Count(r => r.Stuck);

    public Spread HoursTo100 => new(Runs.Select(r => r.To100?.TotalHours));

    public Spread HoursToEnd => new(Runs.Where(r => r.End == End.Released).Select(r => (double?)r.ToEnd.TotalHours));

    public Spread SecondsToVerdict => new(Runs.Where(r => r.Found).Select(r => r.ToVerdict?.TotalSeconds));

    public Spread Bad => new(Runs.Select(r => (double?)r.Bad));

    public double Probes => Runs.Average(r => r.Probes);

    /// <summary>Hours in which a probe could happen, and probes of all runs.</summary>
    public double ProbesADay
    {
        get
        {
            var hours = Runs.Sum(r => r.To100 is { } full ? (r.ToEnd - full).TotalHours : 0);
            return hours > 0 ? 24 * Runs.Sum(r => r.Probes) / hours : 0;
        }
    }

    /// <summary>What releases were rolled back or held for, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Accused =>
        [.. Runs.Where(r => r.Accused is not null).GroupBy(r => r.Accused!)
            .Select(g => KeyValuePair.Create(g.Key, g.Count()))
            .OrderByDescending(a => a.Value).ThenBy(a => a.Key, StringComparer.Ordinal)];

    private Interval Count(Func<Played, bool> which) => new(Runs.Count(which), Runs.Count);
}

/// <summary>Quantiles of what there is; null where there is nothing.</summary>
internal sealed class Spread(IEnumerable<double?> values)
{
    private readonly double[] _ordered = [.. values.OfType<double>().Order()];

    public double? Median => At(0.5);

    public double? P90 => At(0.9);

    public double? P95 => At(0.95);

    public double? Mean => _ordered.Length == 0 ? null : _ordered.Average();

    private double? At(double quantile) =>
        _ordered.Length == 0 ? null : _ordered[Math.Min(_ordered.Length - 1, (int)(quantile * _ordered.Length))];
}
