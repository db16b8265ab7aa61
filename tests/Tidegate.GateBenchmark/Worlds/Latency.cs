using Tidegate.GateBenchmark.Drawing;

namespace Tidegate.GateBenchmark.Worlds;

/// <summary>Lognormal latencies, median 50 ms, sigma 0.6; a fault stretches what lies beyond the 90th percentile.</summary>
internal static class Latency
{
    private const double Sigma = 0.6;
    public const double Median = 50;
    private static readonly double LogMedian = Math.Log(Median);
    private static readonly double Log90 = LogMedian + (Sigma * NormalCurve.Quantile(0.9));
    private static readonly double Log99 = LogMedian + (Sigma * NormalCurve.Quantile(0.99));

    /// <summary>Share of a candidate's requests beyond the control's 99th percentile, above the 1 % that are there anyway.</summary>
    public static double ExcessSlow(double slowness, double stretch) => Beyond(Math.Exp(Log99), slowness, stretch) - 0.01;

    /// <summary>The stretch that makes the 99th percentile (1 + <paramref name="lat"/>) times what it was.</summary>
    public static double Stretch(double lat) => lat == 0 ? 1 : 1 + (Math.Log(1 + lat) / (Log99 - Log90));

    /// <summary>P(latency &gt; milliseconds).</summary>
    public static double Beyond(double milliseconds, double slowness, double stretch)
    {
        var log = Math.Log(milliseconds / slowness);
        if (stretch != 1 && log > Log90) log = Log90 + ((log - Log90) / stretch);
        return NormalCurve.Tail((log - LogMedian) / Sigma);
    }

    /// <summary>The latency below which a share of <paramref name="u"/> lies.</summary>
    public static double Quantile(double u, double slowness, double stretch)
    {
        var log = LogMedian + (Sigma * NormalCurve.Quantile(u));
        if (stretch != 1 && log > Log90) log = Log90 + (stretch * (log - Log90));
        return slowness * Math.Exp(log);
    }
}
