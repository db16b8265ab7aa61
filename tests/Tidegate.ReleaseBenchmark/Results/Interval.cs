namespace Tidegate.ReleaseBenchmark.Results;

/// <summary>So many of so many, with the exact 95 % interval of the share (Clopper and Pearson 1934).</summary>
internal readonly record struct Interval(int Events, int Of)
{
    private const double Each = 0.025;

    public double Share => Of == 0 ? double.NaN : Events / (double)Of;

    public double Low
    {
        get
        {
            var (events, of) = (Events, Of);
            return events == 0 ? 0 : Bisect(p => 1 - AtMost(events - 1, of, p) < Each);
        }
    }

    public double High
    {
        get
        {
            var (events, of) = (Events, Of);
            return events == of ? 1 : Bisect(p => AtMost(events, of, p) > Each);
        }
    }

    public override string ToString() =>
        FormattableString.Invariant($"{100 * Share:0.##} [{100 * Low:0.##}, {100 * High:0.##}]");

    /// <summary>Where the answer changes from true to false.</summary>
    private static double Bisect(Func<double, bool> below)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (below(middle)) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private static double AtMost(int events, int of, double p)
    {
        if (p <= 0) return 1;
        if (p >= 1) return events >= of ? 1 : 0;

        var (term, sum, odds) = (of * Math.Log(1 - p), 0.0, Math.Log(p / (1 - p)));
        for (var k = 0; k <= events; k++)
        {
            sum += Math.Exp(term);
            term += Math.Log((of - k) / (k + 1.0)) + odds;
        }

        return Math.Min(1, sum);
    }
}
