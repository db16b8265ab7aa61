namespace Tidegate.Engine.Simulation;

internal static class NormalCurve
{
    /// <summary>The value beyond which lies a share of 0.1, 0.01.</summary>
    public const double At90 = 1.2815515655446004, At99 = 2.3263478740408408;

    /// <summary>Of the Chebyshev fit of erfc (Numerical Recipes, third edition, 6.2.2), highest power first.</summary>
    private static readonly double[] Fit =
    [
        0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
        -1.26551223,
    ];

    /// <summary>P(Z &gt; z), to seven digits.</summary>
    public static double Tail(double z)
    {
        var x = Math.Abs(z) / Math.Sqrt(2);
        var t = 2 / (2 + x);
        var half = t * Math.Exp((-x * x) + Fit.Aggregate((sum, next) => (sum * t) + next)) / 2;
        return z >= 0 ? half : 1 - half;
    }
}
