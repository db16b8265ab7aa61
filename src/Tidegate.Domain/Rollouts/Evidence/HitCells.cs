namespace Tidegate;

/// <summary>Did an instance fail at all within a window? Cells that were hit, whatever the size of the burst in them.</summary>
/// <remarks>
/// Given how many cells of a zone were hit, those of the candidate follow Fisher's noncentral hypergeometric law. Only "any" counts, so bursts of
/// failures within an instance need no model. When cells of the two versions differ in size, the odds are corrected, on the safe side.
/// </remarks>
public static class HitCells
{
    private const double MostHit = 0.95, MostFailing = 0.999, ManyHit = 0.15, HatMargin = 1.3, MostLogOdds = 600;

    /// <summary>Adds, for one zone, ln of the likelihood ratio of each alternative; not yet divided by the dispersion.</summary>
    /// <param name="hitRate">Hits for each request of a running instance, slowly averaged: see <see cref="HitRate"/>.</param>
    /// <param name="lift">How many times as often a young instance may fail, from the last release's start. 1: as often.</param>
    public static void Add(RateRatio question, in ZoneCells zone, double hitRate, double lift, Span<double> logs)
    {
        int hits = zone.CandidateHits + zone.RunningHits, candidates = zone.CandidateCells, running = zone.RunningCells;
        if (hits == 0 || candidates == 0 || running == 0) return;

        var low = Math.Max(0, hits - running);
        var high = Math.Min(candidates, hits);
        if (low == high) return;

        var terms = high - low + 1;
        Span<double> logWeights = terms <= 128 ? stackalloc double[terms] : new double[terms];
        Span<double> weights = terms <= 128 ? stackalloc double[terms] : new double[terms];
        LogWeights(candidates, running, hits, low, logWeights);
        for (var u = 0; u < terms; u++) weights[u] = Math.Exp(logWeights[u]);

        var odds = Odds(zone, hitRate) * lift;
        var alternatives = question.Alternatives;
        var usual = LogSum(logWeights, weights, question.Tolerance * odds);
        for (var k = 0; k < alternatives.Length; k++)
        {
            logs[k] += ((zone.CandidateHits - low) * Math.Log(alternatives[k] / question.Tolerance)) + usual - LogSum(logWeights, weights, alternatives[k] * odds);
        }
    }

    /// <summary>The odds of a candidate's cell against a running one's when both versions fail alike.</summary>
    public static double Odds(in ZoneCells zone, double hitRate)
    {
        double mine = zone.CandidateRequests / zone.CandidateCells, theirs = zone.RunningRequests / zone.RunningCells, odds = mine / theirs;
        var share = zone.RunningHits / (double)zone.RunningCells;
        if (mine > theirs)
        {
            // A larger cell is hit more often than its size tells when hits are many: by the larger of two rates of hits.
            var rate = Math.Max(HatMargin * hitRate, -Math.Log(1 - Math.Min(MostHit, share)) / theirs);
            return rate > 0 ? Math.Exp(Math.Min(MostLogOdds, LogGrown(rate * mine) - LogGrown(rate * theirs))) : odds;
        }

        if (share <= ManyHit) return odds;
        var expected = 0.0;
        foreach (var failing in zone.RunningRates) expected += 1 - Math.Exp(mine * Math.Log(1 - Math.Min(MostFailing, failing)));
        expected = Math.Min(MostFailing, expected / zone.RunningCells);
        share = Math.Min(MostFailing, share);
        return Math.Max(odds, expected / (1 - expected) / (share / (1 - share)));
    }

    /// <summary>ln(e^x − 1) for x above 0.</summary>
    private static double LogGrown(double x) =>
        x > 30 ? x : x < 1e-5 ? Math.Log(x) + (x / 2) : Math.Log(Math.Exp(x) - 1);

    /// <summary>ln of C(C, low + u)·C(B, h − low − u), from the first on by their ratio, scaled so that the largest is 0.</summary>
    private static void LogWeights(int candidates, int running, int hits, int low, Span<double> logs)
    {
        var largest = 0.0;
        for (var u = 1; u < logs.Length; u++)
        {
            double a = low + u - 1;
            logs[u] = logs[u - 1] + Math.Log((candidates - a) * (hits - a) / ((a + 1) * (running - hits + a + 1)));
            largest = Math.Max(largest, logs[u]);
        }

        for (var u = 0; u < logs.Length; u++) logs[u] -= largest;
    }

    /// <summary>ln Σ e^(wᵤ)·odds^u: by Horner's rule where nothing can overflow, by logarithms elsewhere.</summary>
    private static double LogSum(ReadOnlySpan<double> logs, ReadOnlySpan<double> weights, double odds)
    {
        var log = Math.Log(odds);
        if (Math.Abs(log) * weights.Length < 600)
        {
            var value = weights[^1];
            for (var u = weights.Length - 2; u >= 0; u--) value = (value * odds) + weights[u];
            return Math.Log(value);
        }

        var largest = double.NegativeInfinity;
        for (var u = 0; u < logs.Length; u++) largest = Math.Max(largest, logs[u] + (u * log));

        var sum = 0.0;
        for (var u = 0; u < logs.Length; u++) sum += Math.Exp(logs[u] + (u * log) - largest);
        return largest + Math.Log(sum);
    }
}

/// <summary>Hits for each request of a running instance: as in the hour before at first, then slowly as it is now.</summary>
/// <param name="PerRequest">λ: 0 or more.</param>
public readonly record struct HitRate(double PerRequest)
{
    private const double MostHit = 0.95, Now = 0.05;

    /// <param name="hitShare">Share of cells that were hit.</param>
    /// <param name="cellSize">Mean requests of a cell.</param>
    public static HitRate Of(double hitShare, double cellSize) => new(cellSize > 0 ? -Math.Log(1 - Math.Min(MostHit, hitShare)) / cellSize : 0);

    /// <summary>After a window.</summary>
    /// <param name="cells">Running cells of this window.</param>
    /// <param name="hits">Those that were hit.</param>
    /// <param name="requests">Of these cells together.</param>
    public HitRate Next(int cells, int hits, double requests) => cells == 0 || requests <= 0
        ? this
        : new(PerRequest + (Now * (Of(hits / (double)cells, requests / cells).PerRequest - PerRequest)));
}
