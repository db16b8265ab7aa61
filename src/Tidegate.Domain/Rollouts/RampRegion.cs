namespace Tidegate;

/// <summary>One region as the ramp sees it: see <see cref="RolloutRamp"/>.</summary>
/// <param name="Cap">No larger share at this step.</param>
/// <param name="Bound">Its failure rate that is not ruled out.</param>
/// <param name="Shown">It is shown not worse there: no bound of its own.</param>
/// <param name="Answered">Requests that the candidate answered there.</param>
/// <param name="Moves">Nothing holds it where it is: no incident, no suspicion, instances that have come.</param>
public readonly record struct RampRegion(
    double RequestsPerSecond, double Share, double Cap, double Bound, bool Shown, long Answered, bool Moves = true)
{
    private const double MostUnanswered = 0.1;
    private const long FirstAnswers = 8;

    /// <summary>The largest share now: never much before it has answered at all.</summary>
    public double Most => Answered < FirstAnswers ? Math.Min(Cap, MostUnanswered) : Cap;
}
