namespace Tidegate;

/// <summary>The ratio ρ₀ that instances of one and the same version show among each other: what must be borne of a candidate too.</summary>
/// <remarks>
/// It is the one knob that cannot be a constant: harmless differences of 20 % between instances make 4.7 % false rollbacks at 1.1.
/// With a standard deviation sd of ln(rate) between instances, exp(2.3·sd) is borne: about one instance in a hundred lies beyond it.
/// </remarks>
public static class ToleranceEstimate
{
    /// <summary>No service's instances are alike beyond this.</summary>
    public const double Least = 1.1;

    /// <summary>Standard deviations between instances that are borne.</summary>
    public const double Deviations = 2.3;

    /// <param name="spread">Standard deviation of the instances' rates, relative to their mean.</param>
    public static double Of(double spread) => Math.Max(Least, Math.Exp(Deviations * spread));

    /// <param name="instances">Events and requests of each instance of one version, over the same time.</param>
    public static double From(IReadOnlyList<EventCount> instances)
    {
        var seen = instances.Where(i => i.Exposures > 0).ToList();
        var rate = seen.Sum(i => i.Events) / (double)Math.Max(1, seen.Sum(i => i.Exposures));
        if (seen.Count < 2 || rate <= 0) return Least;

        // Of the variance between instances, what counting alone explains (Poisson: 1/expected) is not theirs.
        var variance = seen.Average(i => Square((i.Rate / rate) - 1) - (1 / (rate * i.Exposures)));
        return Of(Math.Sqrt(Math.Max(0, variance)));
    }

    private static double Square(double x) => x * x;
}
