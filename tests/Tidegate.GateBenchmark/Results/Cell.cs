using Tidegate.GateBenchmark.Policies;
using Tidegate.GateBenchmark.Scenarios;

namespace Tidegate.GateBenchmark.Results;

/// <summary>One policy in one scenario: what its runs came to.</summary>
internal sealed record Cell(
    string Policy,
    Scenario Scenario,
    int Runs,
    int RolledBack,
    double VerdictMedian,
    double Verdict95,
    double ReleasedMedian,
    double Released90,
    double HarmMean,
    double Harm95,
    int ByEvidence,
    int Held,
    IReadOnlyDictionary<string, int> Reasons)
{
    /// <summary>Of a healthy release: the share of false rollbacks.</summary>
    public double Rate => RolledBack / (double)Runs;

    public static Cell Of(string policy, Scenario scenario, IReadOnlyList<Run> runs)
    {
        double[] verdicts = [.. runs.Where(r => r.RolledBack).Select(r => r.Verdict).Order()];
        double[] released = [.. runs.Where(r => !double.IsNaN(r.Released)).Select(r => r.Released).Order()];
        double[] harms = [.. runs.Select(r => r.Harm).Order()];
        return new(
            policy, scenario, runs.Count, verdicts.Length,
            Quantile(verdicts, 0.5), Quantile(verdicts, 0.95), Quantile(released, 0.5), Quantile(released, 0.9),
            harms.Average(), Quantile(harms, 0.95), runs.Count(r => r.ByEvidence), runs.Count(r => r.Held),
            runs.Where(r => r.RolledBack).GroupBy(r => $"{r.Because}, {(double.IsNaN(r.Released) ? "before" : "after")} promotion").ToDictionary(g => g.Key, g => g.Count()));
    }

    /// <summary>Upper end of the exact 97.5 % interval of the rate (Clopper and Pearson 1934).</summary>
    public double RateUpper
    {
        get
        {
            var (low, high) = (Rate, 1.0);
            for (var i = 0; i < 60 && RolledBack < Runs; i++)
            {
                var p = (low + high) / 2;
                if (AtMost(RolledBack, Runs, p) > 0.025) low = p;
                else high = p;
            }

            return high;
        }
    }

    private static double AtMost(int events, int runs, double p)
    {
        if (p <= 0) return 1;
        if (p >= 1) return 0;

        var (term, sum) = (Math.Pow(1 - p, runs), 0.0);
        for (var k = 0; k <= events; k++)
        {
            sum += term;
            term *= (runs - k) / (k + 1.0) * p / (1 - p);
        }

        return sum;
    }

    private static double Quantile(double[] ordered, double q) =>
        ordered.Length == 0 ? double.NaN : ordered[Math.Min(ordered.Length - 1, (int)(q * ordered.Length))];
}

/// <summary>All cells of a benchmark.</summary>
internal sealed class Table(IReadOnlyList<Cell> cells)
{
    private readonly Dictionary<(string, string), Cell> _cells = cells.ToDictionary(c => (c.Policy, c.Scenario.Name));

    public IReadOnlyList<string> Policies { get; } = [.. cells.Select(c => c.Policy).Distinct()];

    public IReadOnlyList<Scenario> Scenarios { get; } = [.. cells.Select(c => c.Scenario).Distinct()];

    public Cell? this[string policy, string scenario] => _cells.GetValueOrDefault((policy, scenario));

    public IEnumerable<Cell> Healthy(string policy) => Of(policy).Where(c => c.Scenario.IsHealthy);

    public IEnumerable<Cell> MustRollBack(string policy) => Of(policy).Where(c => c.Scenario.MustRollBack);

    /// <summary>Geometric mean of the harm over the scenarios that must be rolled back; a harmless one counts as a tenth of a request.</summary>
    public double Blast(string policy) => Math.Exp(MustRollBack(policy).Average(c => Math.Log(Math.Max(0.1, c.HarmMean))));

    private IEnumerable<Cell> Of(string policy) => Scenarios.Select(s => this[policy, s.Name]).OfType<Cell>();
}
