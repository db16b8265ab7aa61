namespace Tidegate;

/// <summary>How bad the candidate may still be, given what it has shown: the ramp's weight follows from it.</summary>
/// <remarks>
/// For each grade of harm a one-sample e-process; the smallest grade that is refuted bounds the failure rate. Refuting a grade takes about
/// three over it in clean requests, so the weight grows as fast as the evidence, and no faster. (The idea of a release share from a
/// harm budget: Li, Mao, Bojinov, NeurIPS 2023, arXiv 2305.09626.)
/// </remarks>
/// <param name="WorstRate">The failure rate that is not yet refuted: 1 at first. Never grows, since a refutation is valid at every look.</param>
public readonly record struct RampBound(double WorstRate)
{
    /// <summary>The grades of harm, descending.</summary>
    public static IReadOnlyList<double> Grades { get; } =
        [0.5, 0.35, 0.25, 0.2, 0.15, 0.1, 0.075, 0.05, 0.035, 0.025, 0.02, 0.015, 0.01, 0.0075, 0.005, 0.0035, 0.0025, 0.002, 0.0015];

    public static RampBound Unknown { get; } = new(1);

    /// <param name="grades">Descending; <see cref="Grades"/> unless the ramp is to move in larger steps.</param>
    /// <param name="candidate">All of the candidate's requests and failures so far.</param>
    /// <param name="gamma">The chance that a refuted grade was the truth. Default 0.05.</param>
    public RampBound Next(IReadOnlyList<double> grades, EventCount candidate, double gamma, double dispersion)
    {
        var needed = Math.Log(1 / gamma);
        var worst = WorstRate;
        foreach (var grade in grades)
        {
            if (grade >= worst) continue;
            if (RateBelow.LogValue(candidate, grade, dispersion) < needed) break;
            worst = grade;
        }

        return new(worst);
    }

    /// <summary>Failed requests to be expected before a rollback has its effect, at full weight and the worst rate not yet refuted.</summary>
    public double ExpectedHarm(double requestsPerSecond, TimeSpan reaction) => requestsPerSecond * WorstRate * reaction.TotalSeconds;
}
