namespace Tidegate;

/// <summary>The question a stream of evidence answers: is the candidate's event rate more than so many times the baseline's?</summary>
/// <remarks>
/// If both arms share any rate λ(t) and the candidate's is ρ·λ(t), then, given the events of both, the candidate's are
/// Binomial(events, ρn/(ρn + m)): λ cancels, so shared incidents, seasons and changes of weight need no model.
/// (Lindon and Malek, NeurIPS 2022, arXiv 2011.03567; for exact Bernoulli arms Hoeffding 1963 keeps the mean at most 1.)
/// </remarks>
public sealed class RateRatio
{
    /// <summary>The most alternatives a question may have: the state of a stream is this many logarithms.</summary>
    public const int MostAlternatives = 8;

    private static readonly double[] Everywhere = [1.5, 2, 3, 5, 10, 30, 100, 1000];
    private readonly double[] _ratios;
    private readonly double[] _logs;

    /// <param name="tolerance">ρ₀, the ratio that is borne: above 0.</param>
    /// <param name="alternatives">ρₖ, what a fault may look like: all above the tolerance, since below it the test would look the wrong way.</param>
    public RateRatio(double tolerance, IReadOnlyList<double> alternatives)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tolerance);
        ArgumentOutOfRangeException.ThrowIfZero(alternatives.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alternatives.Count, MostAlternatives);
        foreach (var ratio in alternatives) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ratio, tolerance, nameof(alternatives));

        Tolerance = tolerance;
        _ratios = [.. alternatives];
        _logs = [.. alternatives.Select(r => Math.Log(r / tolerance))];
    }

    /// <summary>More requests are slower than an edge; both arms are counted at edges fixed before the release, so nothing more is borne.</summary>
    /// <remarks>A grid that reaches from a slowdown that users barely notice to a stop.</remarks>
    public static RateRatio Slower { get; } = new(1, [1.15, 1.3, 1.6, 2.2, 3.5, 6, 15, 50]);

    /// <summary>Far more requests fail: what even a cold start does not explain, and therefore watched from the first second.</summary>
    public static RateRatio HardFailures { get; } = FailuresBeyond(5);

    /// <summary>A walk of a journey fails.</summary>
    public static RateRatio Journeys { get; } = new(1.5, [3, 10, 30, 100, 1000]);

    /// <summary>An instance begins to say that it is not ready.</summary>
    public static RateRatio Readiness { get; } = new(3, [10, 30, 100, 1000]);

    /// <summary>A kind of answer is given more often: what users see changes a little with every version.</summary>
    public static RateRatio Answers { get; } = FailuresBeyond(2);

    public double Tolerance { get; }

    public ReadOnlySpan<double> Alternatives => _ratios;

    /// <summary>More requests fail than <paramref name="tolerance"/> times the baseline's share.</summary>
    /// <param name="tolerance">From the service's own A/A splits, see <see cref="ToleranceEstimate"/>; 1.1 for instances that are alike.</param>
    public static RateRatio FailuresBeyond(double tolerance) => new(tolerance, [.. Everywhere.Where(r => r > 1.15 * tolerance)]);

    /// <summary>ln of the likelihood ratio of the <paramref name="alternative"/>-th alternative against the tolerance, for one window.</summary>
    internal double LogLikelihood(int alternative, in PairedCounts window) =>
        LogLikelihood(window, Tolerance, _ratios[alternative], _logs[alternative]);

    /// <summary>Adds ln of each alternative's likelihood ratio, of counts that need not be whole.</summary>
    /// <param name="n">The candidate's exposures.</param>
    /// <param name="m">The running version's.</param>
    /// <param name="a">The candidate's events.</param>
    /// <param name="b">The running version's.</param>
    public void Add(double n, double m, double a, double b, Span<double> logs)
    {
        var borne = (Tolerance * n) + m;
        for (var k = 0; k < _ratios.Length; k++)
        {
            var basis = Math.Log(borne / ((_ratios[k] * n) + m));
            logs[k] += (a * (_logs[k] + basis)) + (b * basis);
        }
    }

    internal static double LogLikelihood(in PairedCounts window, double tolerance, double ratio) =>
        LogLikelihood(window, tolerance, ratio, Math.Log(ratio / tolerance));

    private static double LogLikelihood(in PairedCounts window, double tolerance, double ratio, double logRatio)
    {
        double n = window.Candidate, m = window.Baseline;
        var baseline = Math.Log(((tolerance * n) + m) / ((ratio * n) + m));
        return (window.CandidateEvents * (logRatio + baseline)) + (window.BaselineEvents * baseline);
    }
}
