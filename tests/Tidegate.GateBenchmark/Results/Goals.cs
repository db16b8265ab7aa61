using static System.FormattableString;

namespace Tidegate.GateBenchmark.Results;

/// <summary>G1 to G14 at their first values, worked out from the runs.</summary>
/// <param name="gate">The policy that is measured.</param>
internal sealed class Goals(Table table, SequentialOptions options, string gate = "tidegate")
{

    public IEnumerable<Goal> All() =>
    [
        FalseAlarms(), Detection(), Blast(), TunedRivals(), Outage(), Errors(), Speed(), Physics(), LateFaults(), Leak(), Silence(), LowTraffic(), WrongPromotion(), Cost(),
    ];

    private Cell? this[string prefix] => table.Scenarios.Where(s => s.Name.StartsWith(prefix + "_", StringComparison.Ordinal)).Select(s => table[gate, s.Name]).FirstOrDefault();

    private Goal FalseAlarms()
    {
        var cells = table.Healthy(gate).ToList();
        return Given("G1", "false rollbacks at most 0.3 % in every healthy environment, 0.1 % pooled", cells.Count == 12, () =>
        {
            var (worst, pooled) = (cells.MaxBy(c => c.Rate)!, cells.Sum(c => c.RolledBack) / (double)cells.Sum(c => c.Runs));
            return (Invariant($"worst {worst.Rate:P3} ({worst.Scenario.Name}, 97.5 % upper bound {worst.RateUpper:P2}), pooled {pooled:P3} of {cells.Sum(c => c.Runs)}"),
                worst.Rate <= 0.003 && pooled <= 0.001);
        });
    }

    private Goal Detection()
    {
        var cells = table.MustRollBack(gate).ToList();
        return Given("G2", "each scenario that must be rolled back is, in at least 99.9 % of its runs", cells.Count == 23, () =>
        {
            var worst = cells.MinBy(c => c.Rate)!;
            return (Invariant($"{cells.Count(c => c.Rate >= 0.999)} of {cells.Count}; worst {worst.Scenario.Name} {worst.Rate:P2}"), worst.Rate >= 0.999);
        });
    }

    private Goal Blast() => Against("G3", "geometric-mean blast radius at most 0.02 of Flagger's, 0.005 of Argo's example, 0.10 of a fixed 1 h bake", ("flagger", 0.02), ("argo_doc", 0.005), ("bake1h", 0.10));

    private Goal TunedRivals() => Against("G4", "at most 0.12 of Flagger's and 0.25 of a bake's, both tuned by an oracle", ("flagger_tuned", 0.12), ("bake1h_tuned", 0.25));

    private Goal Outage() => Given("G5", "a total outage costs at most 25 bad requests (p95), at 100 and at 1000 requests/s", this["F05"] is not null && this["F22"] is not null, () =>
        (Invariant($"{this["F05"]!.Harm95:0.0} and {this["F22"]!.Harm95:0.0}"), this["F05"]!.Harm95 <= 25 && this["F22"]!.Harm95 <= 25));

    private Goal Errors() => Given("G6", "+1 pp: at most 12 bad, verdict within 240 s (p95); +0.2 pp: 30; p99 x2: 40; p99 +20 %: 100", Have("F02", "F03", "F07", "F08"), () =>
        (Invariant($"{this["F03"]!.HarmMean:0.0} and {this["F03"]!.Verdict95:0} s; {this["F02"]!.HarmMean:0.0}; {this["F08"]!.HarmMean:0.0}; {this["F07"]!.HarmMean:0.0}"),
            this["F03"]!.HarmMean <= 12 && this["F03"]!.Verdict95 <= 240 && this["F02"]!.HarmMean <= 30 && this["F08"]!.HarmMean <= 40 && this["F07"]!.HarmMean <= 100));

    private Goal Speed() => Given("G7", "healthy to all requests: median 480 s at 100 requests/s (p90 900 s), 240 s at 1000, 720 s at 0.2 to 10", Have("H01", "H02", "H03", "H04"), () =>
        (Invariant($"{this["H01"]!.ReleasedMedian:0} s (p90 {this["H01"]!.Released90:0} s), {this["H02"]!.ReleasedMedian:0} s, {this["H04"]!.ReleasedMedian:0} and {this["H03"]!.ReleasedMedian:0} s"),
            this["H01"]!.ReleasedMedian <= 480 && this["H01"]!.Released90 <= 900 && this["H02"]!.ReleasedMedian <= 240
            && this["H03"]!.ReleasedMedian <= 720 && this["H04"]!.ReleasedMedian <= 720));

    private Goal Physics()
    {
        string[] which = ["F02", "F03", "F04", "F05", "F17", "F18", "F19", "F22", "F25"];
        return Given("G8", "bad requests at most 2.2 times what physics allows (information at the soak's weight, or reaction at the first weight)", Have(which), () =>
        {
            var all = which.Select(w => (Cell: this[w]!, Times: this[w]!.HarmMean / Floors.Of(this[w]!.Scenario, options).Largest)).ToList();
            var worst = all.MaxBy(a => a.Times);
            return (Invariant($"{all.Min(a => a.Times):0.00} to {worst.Times:0.00} ({worst.Cell.Scenario.Name})"), worst.Times <= 2.2);
        });
    }

    private Goal LateFaults() => Given("G9", "faults that begin after promotion: +1 pp at most 55 bad, +20 pp at most 300", Have("F10", "F24"), () =>
        (Invariant($"{this["F10"]!.HarmMean:0.0}; {this["F24"]!.HarmMean:0.0}"), this["F10"]!.HarmMean <= 55 && this["F24"]!.HarmMean <= 300));

    private Goal Leak() => Given("G10", "a visible leak is rolled back before its first failed request in at least 99 %", Have("F09"), () =>
        (Invariant($"{this["F09"]!.Rate:P1} rolled back, median {this["F09"]!.VerdictMedian:0} s, p95 {this["F09"]!.Verdict95:0} s, {this["F09"]!.HarmMean:0.00} bad"),
            this["F09"]!.Rate >= 0.99 && this["F09"]!.Verdict95 < 1200 && this["F09"]!.HarmMean < 1));

    private Goal Silence() => Given("G11", "a dead candidate without telemetry: verdict within 75 s; incidents, missing data and seasons leave G1 as it is", Have("F20", "H05", "H06", "H08", "H10", "H12"), () =>
    {
        var worst = new[] { "H05", "H06", "H08", "H10", "H12" }.Max(h => this[h]!.Rate);
        return (Invariant($"{this["F20"]!.Verdict95:0} s (p95); worst {worst:P3}"), this["F20"]!.Verdict95 <= 75 && worst <= 0.003);
    });

    private Goal LowTraffic() => Given("G12", "0.2 requests/s: total failure at most 20 bad, healthy within 11 min", Have("F15", "H04"), () =>
        (Invariant($"{this["F15"]!.HarmMean:0.0}; {this["H04"]!.ReleasedMedian:0} s"), this["F15"]!.HarmMean <= 20 && this["H04"]!.ReleasedMedian <= 660));

    private Goal WrongPromotion() => Given("G13", "a release exactly at the harm margin is promoted as not harmful in at most 5 %", Have("M01", "M02"), () =>
    {
        var (low, high) = (this["M01"]!, this["M02"]!);
        var (a, b) = (low.ByEvidence / (double)low.Runs, high.ByEvidence / (double)high.Runs);
        return (Invariant($"{a:P2} at 100 requests/s, {b:P2} at 1000"), a <= 0.05 && b <= 0.05);
    });

    /// <summary>State is counted in bytes, so that nobody can add a field without it showing here.</summary>
    private static Goal Cost()
    {
        var doubles = System.Runtime.CompilerServices.Unsafe.SizeOf<EvidenceStream>() / sizeof(double);
        return new("G14", "at most 64 numbers of state per stream, whatever the length", Invariant($"{doubles} numbers of 8 bytes"), doubles <= 64);
    }

    private Goal Against(string id, string text, params (string Rival, double Share)[] rivals) =>
        Given(id, text, table.MustRollBack(gate).Count() == 23 && rivals.All(r => table.Policies.Contains(r.Rival)), () =>
        {
            var shares = rivals.Select(r => (r.Rival, r.Share, Measured: table.Blast(gate) / table.Blast(r.Rival))).ToList();
            var words = string.Join(", ", shares.Select(s => Invariant($"{s.Measured:0.0000} of {s.Rival}")));
            return (Invariant($"{table.Blast(gate):0.0} bad requests: {words}"), shares.All(s => s.Measured <= s.Share));
        });

    private bool Have(params string[] scenarios) => scenarios.All(s => this[s] is not null);

    private static Goal Given(string id, string text, bool measurable, Func<(string Measured, bool Met)> judge)
    {
        if (!measurable) return new(id, text, "not measured in these runs", null);

        var (measured, met) = judge();
        return new(id, text, measured, met);
    }
}
