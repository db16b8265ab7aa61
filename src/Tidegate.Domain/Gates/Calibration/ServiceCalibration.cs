namespace Tidegate;

/// <summary>What a service's own instances say of the gate's two settings that cannot be constants: tolerance and dispersion.</summary>
/// <param name="Measured">Time in which the instances could be read.</param>
/// <param name="Instances">That took requests.</param>
/// <param name="Total">All of their requests.</param>
/// <param name="Spread">How unlike they are.</param>
/// <param name="Dispersion">φ of failures: at least 1.</param>
/// <param name="SlowDispersion">φ of slow requests.</param>
/// <param name="Tolerance">The proposal: what <see cref="Spread"/> asks for, or more where <see cref="Rehearsal"/> needs it.</param>
/// <param name="Rehearsal">At the proposed settings.</param>
public sealed record ServiceCalibration(
    TimeSpan Measured,
    int Instances,
    InstanceCounts Total,
    InstanceSpread Spread,
    double Dispersion,
    double SlowDispersion,
    double Tolerance,
    Rehearsal Rehearsal)
{
    private const double MostTolerance = 20, Step = 1.05;

    /// <summary>The tolerance with which the differences that cannot be excluded would be borne too.</summary>
    public double SafeTolerance => Math.Min(MostTolerance, Math.Max(Tolerance, ToleranceEstimate.Of(Spread.AtMost)));

    /// <summary>Failures after which differences as small as the least tolerance bears would be seen.</summary>
    public long FailuresNeeded => (long)Math.Ceiling(Dispersion * Instances / Math.Pow(Math.Log(ToleranceEstimate.Least) / ToleranceEstimate.Deviations, 2));

    /// <summary>The proposal leaves no doubt: what cannot be excluded is not much more than what is proposed.</summary>
    public bool IsSure => SafeTolerance <= 1.25 * Tolerance;

    /// <param name="windows">Of one and the same version, in which nothing was released.</param>
    /// <param name="options">The budget that a rehearsal is held to, and the length of a window.</param>
    public static ServiceCalibration From(IReadOnlyList<SplitWindow> windows, SequentialOptions options)
    {
        var failures = InstanceSpread.Totals(windows, i => i.Failed);
        var slow = InstanceSpread.Totals(windows, i => i.Slowed).Values;
        var dispersion = SplitDispersion.Of(windows, i => i.Failed);
        var spread = InstanceSpread.From([.. failures.Values], dispersion);
        var (tolerance, rehearsal) = Rehearsed(windows, ToleranceEstimate.Of(spread.Estimate), dispersion, options);
        return new(
            options.Window * windows.Count,
            failures.Values.Count(i => i.Exposures > 0),
            new(failures.Values.Sum(i => i.Exposures), failures.Values.Sum(i => i.Events), slow.Sum(i => i.Events)),
            spread,
            dispersion,
            SplitDispersion.Of(windows, i => i.Slowed),
            tolerance,
            rehearsal);
    }

    /// <summary>The tolerance from which on no instance would have been rolled back beside its own like.</summary>
    private static (double Tolerance, Rehearsal Rehearsal) Rehearsed(IReadOnlyList<SplitWindow> windows, double tolerance, double dispersion, SequentialOptions options)
    {
        var rehearsal = Rehearsal.Of(windows, tolerance, dispersion, options);
        while (rehearsal.Strongest >= Rehearsal.Accused(options) && tolerance * Step <= MostTolerance)
        {
            tolerance *= Step;
            rehearsal = Rehearsal.Of(windows, tolerance, dispersion, options);
        }

        return (tolerance, rehearsal);
    }
}
