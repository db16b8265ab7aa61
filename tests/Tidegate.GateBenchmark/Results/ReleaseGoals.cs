using static System.FormattableString;

namespace Tidegate.GateBenchmark.Results;

/// <summary>The goals R3, R4, R8, R9 and R10 of a release, as far as one region can tell.</summary>
/// <param name="suite">Every policy in the suite.</param>
/// <param name="worlds">The rollout in the worlds of these goals.</param>
internal sealed class ReleaseGoals(Table suite, Table worlds, SequentialOptions options)
{
    public const string Policy = "rollout";
    private const string Missing = "not all of the worlds were played";

    public IReadOnlyList<Goal> All() =>
    [
        Bursts(),
        Fault("R3", "+1 point in clusters of dispersion 5: found in 99.9 %, at most 60 bad", 0.999, 60, "R3_+1pp", 3),
        Fault("R4", "p99 +20 %, medians 2 to 1000 ms: found in 99.9 %, at most 100 bad", 0.999, 100, "R4_p99+20%", 4),
        Fault("R4", "p99 x2: found in 99.9 %, at most 40 bad", 0.999, 40, "R4_p99x2", 4),
        Fault("R4", "everything +10 %: found in 99.9 %, at most 130 bad", 0.999, 130, "R4_all+10%", 4),
        Margin(),
        Fault("R8", "1 % of 1000 requests/s fails 1 %: found in 99 %, at most 60 bad", 0.99, 60, "R8_1%_of_1000rps", 1),
        Fault("R8", "0.1 requests/s fail 5 %: found in 90 % within 3 h", 0.9, null, "R8_1%_of_10rps", 1),
        Fault("R8", "0.01 requests/s fail always: found in 99 %, at most 12 bad", 0.99, 12, "R8_1%_of_1rps", 1),
        Fault("R9", "total failure at 0.05 requests/s: at most 6 bad", 0.99, 6, "R9_total_0.05rps", 1),
        Fault("R9", "total failure at 0.2 requests/s: at most 8 bad", 0.99, 8, "R9_total_0.2rps", 1),
        Fault("R9", "total failure at 1,000,000 requests/s: at most 250 bad", 0.99, 250, "R9_total_1000000rps", 1),
        Found(),
        Errors(),
        Speed(),
        Rest(),
    ];

    private Goal Bursts()
    {
        const string Text = "dispersion 1 to 9, 1 to 10,000 requests/s, 0.001 to 2 % fail: at most 0.5 % back in each";
        var cells = Of("R3_healthy");
        if (cells.Count < 50) return new("R3", Text, Missing, null);

        var (back, held) = (cells.MaxBy(c => c.Rate)!, cells.MaxBy(c => c.Held)!);
        var (all, runs) = (cells.Sum(c => c.RolledBack), cells.Sum(c => c.Runs));
        var measured = Invariant($"{all} of {runs} in {cells.Count} worlds, worst {back.Rate:P1} in {Short(back)}; ")
            + Invariant($"held {cells.Sum(c => c.Held)}, worst {held.Held / (double)held.Runs:P1} in {Short(held)}");
        return new("R3", Text, measured, back.Rate <= 0.005);
    }

    private Goal Fault(string id, string text, double found, double? atMost, string prefix, int of)
    {
        var cells = Of(prefix);
        if (cells.Count < of) return new(id, text, Missing, null);

        var (least, most) = (cells.MinBy(c => c.Rate)!, cells.MaxBy(c => c.HarmMean)!);
        var where = of == 1 ? ("", "") : ($" in {Short(least)}", $" in {Short(most)}");
        var measured = Invariant($"{least.Rate:P1} found{where.Item1}, {most.HarmMean:0.#} bad{where.Item2}");
        return new(id, text, measured, least.Rate >= found && most.HarmMean <= (atMost ?? most.HarmMean));
    }

    private Goal Margin()
    {
        const string Text = "exactly at the margin (p99 +15.8 %): shown no slower in at most 5 %";
        var cells = Of("R4_margin");
        if (cells.Count < 4) return new("R4", Text, Missing, null);

        var worst = cells.MaxBy(c => c.ByEvidence / (double)c.Runs)!;
        var rate = worst.ByEvidence / (double)worst.Runs;
        return new("R4", Text, Invariant($"{rate:P1} in {Short(worst)}"), rate <= 0.05);
    }

    private Goal Found() => InSuite("the suite: geometric mean at most 18 bad, every fault found", () =>
    {
        var cells = suite.MustRollBack(Policy).ToList();
        var lost = cells.Where(c => c.Rate < 0.999).Select(c => Invariant($"{c.Scenario.Name} {c.Rate:P0}")).ToList();
        var mean = suite.Blast(Policy);
        var not = lost.Count == 0 ? "" : $" (not: {string.Join(", ", lost)})";
        var measured = Invariant($"{mean:0.0} bad; found {cells.Count - lost.Count} of {cells.Count}{not}");
        return (measured, mean <= 18 && lost.Count == 0);
    });

    private Goal Errors() => InSuite("the suite: +1 point at most 14 bad, total failure at most 25", () =>
    {
        var (some, all) = (InSuite("F03").HarmMean, InSuite("F05").HarmMean);
        return (Invariant($"{some:0.0}; {all:0.0}"), some <= 14 && all <= 25);
    });

    private Goal Speed() => InSuite("the suite: as fast as G7, and a tenth: 528 s (p90 990 s), 264 s, 792 s", () =>
    {
        var (plain, much) = (InSuite("H01"), InSuite("H02"));
        var (little, some) = (InSuite("H04").ReleasedMedian, InSuite("H03").ReleasedMedian);
        var measured = Invariant($"{plain.ReleasedMedian:0} s (p90 {plain.Released90:0} s), {much.ReleasedMedian:0} s, ")
            + Invariant($"{little:0} and {some:0} s");
        return (measured, plain is { ReleasedMedian: <= 528, Released90: <= 990 } && much.ReleasedMedian <= 264
            && Math.Max(little, some) <= 792);
    });

    private Goal Rest() => InSuite("the suite: the rest of G1 to G14 as it is", () =>
    {
        var goals = new Goals(suite, options, Policy).All().Where(g => g.Id is not ("G2" or "G7")).ToList();
        var missed = goals.Where(g => g.Met == false).Select(g => $"{g.Id} ({g.Measured})").ToList();
        var unknown = goals.Where(g => g.Met is null).Select(g => g.Id).ToList();
        var measured = missed.Count == 0 ? "all" : $"missed: {string.Join("; ", missed)}";
        if (unknown.Count > 0) measured += $". Not measured: {string.Join(", ", unknown)}";
        return (measured, missed.Count == 0);
    });

    private Goal InSuite(string text, Func<(string Measured, bool Met)> judge)
    {
        if (suite.MustRollBack(Policy).Count() < 23 || suite.Healthy(Policy).Count() < 12)
        {
            return new("R10", text, Missing, null);
        }

        var (measured, met) = judge();
        return new("R10", text, measured, met);
    }

    private Cell InSuite(string prefix) => suite.MustRollBack(Policy).Concat(suite.Healthy(Policy))
        .First(c => c.Scenario.Name.StartsWith(prefix + "_", StringComparison.Ordinal));

    private List<Cell> Of(string prefix) =>
    [
        .. worlds.Scenarios.Where(s => s.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(s => worlds[Policy, s.Name]).OfType<Cell>(),
    ];

    /// <summary>Without the goal's number.</summary>
    private static string Short(Cell cell) => cell.Scenario.Name[3..];
}
