namespace Tidegate.Engine.Simulation;

/// <summary>How latencies differ from the world's own.</summary>
/// <param name="Scale">All are so many times as long.</param>
/// <param name="Tail">Those beyond the 90th percentile are longer by this share.</param>
/// <param name="Often">A slow one is so many times as likely.</param>
/// <param name="Paused">Share that takes longer than a second.</param>
/// <param name="Stuck">Share that takes longer than every edge.</param>
internal readonly record struct LatencyShape(double Scale, double Tail, double Often, double Paused, double Stuck)
{
    private const double Second = 1000;

    public static LatencyShape Usual { get; } = new(1, 0, 1, 0, 0);

    /// <summary>P(latency &gt; milliseconds).</summary>
    public double Beyond(double milliseconds, double median, double sigma)
    {
        var own = Own(milliseconds / Scale, median, sigma);
        if (Often != 1) own = 1 - Math.Pow(1 - own, Often);
        if (milliseconds <= Second) own = Paused + ((1 - Paused) * own);
        return Stuck + ((1 - Stuck) * own);
    }

    private double Own(double milliseconds, double median, double sigma)
    {
        var z = Math.Log(milliseconds / median) / sigma;
        if (Tail == 0 || z <= NormalCurve.At90) return NormalCurve.Tail(z);
        return NormalCurve.Tail(Math.Max(NormalCurve.At90, Math.Log(milliseconds / (1 + Tail) / median) / sigma));
    }
}
