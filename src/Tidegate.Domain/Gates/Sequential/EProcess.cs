using System.Runtime.CompilerServices;

namespace Tidegate;

/// <summary>Evidence against the candidate that may be looked at as often as one likes: the chance that it ever reaches 1/α for a
/// harmless release is at most α, whatever the traffic does (Ville 1939; Ramdas, Grünwald, Vovk, Shafer, arXiv 2210.01948).</summary>
/// <remarks>
/// R_k(0) = m₀/K, U(0) = 1 − m₀; each window m = hU, U −= m, R_k = (R_k + m/K)·L_k; E = U + ΣR_k: the exact mixture over
/// "the fault begins at window j" and over the alternatives. The start weights sum to 1, so it keeps a false-rollback
/// probability for the whole release, where an e-detector (Shin, Ramdas, Rinaldo, arXiv 2203.03532) keeps an average run length.
/// A window without events multiplies by 1, so its mass waits to be spread until one has some: such windows cost nothing.
/// </remarks>
public readonly struct EProcess
{
    private readonly LogMasses _started;
    private readonly double _unstarted;
    private readonly double _waiting;

    private EProcess(in LogMasses started, double unstarted, double waiting, double logValue) =>
        (_started, _unstarted, _waiting, LogValue) = (started, unstarted, waiting, logValue);

    /// <summary>The evidence in nats.</summary>
    public double LogValue { get; }

    /// <summary>The evidence as a factor; infinite beyond 10^308, where <see cref="LogValue"/> still tells.</summary>
    public double Value => Math.Exp(LogValue);

    /// <summary>Nothing seen yet: the value is 1.</summary>
    /// <param name="prior">m₀, the weight on "the fault is there from the start".</param>
    public static EProcess Begin(double prior = ChangePoint.DefaultPrior)
    {
        var started = default(LogMasses);
        for (var k = 0; k < RateRatio.MostAlternatives; k++) started[k] = double.NegativeInfinity;
        return new(started, 1 - prior, prior, 0);
    }

    /// <summary>The evidence after one more closed window; unchanged when one of the arms answered nothing.</summary>
    /// <param name="hazard">h, the chance that a fault begins in a window.</param>
    public EProcess Next(RateRatio question, in PairedCounts window, Tempering tempering, double hazard)
    {
        if (!window.Comparable) return this;

        var begins = hazard * _unstarted;
        var (unstarted, waiting) = (_unstarted - begins, _waiting + begins);
        if (window.Events == 0) return new(_started, unstarted, waiting, LogValue);

        var started = _started;
        var each = Math.Log(waiting / question.Alternatives.Length);
        for (var k = 0; k < question.Alternatives.Length; k++)
        {
            started[k] = LogDomain.Add(started[k], each) + tempering.Apply(question.LogLikelihood(k, window));
        }

        return new(started, unstarted, 0, Sum(started, unstarted));
    }

    private static double Sum(in LogMasses started, double unstarted)
    {
        Span<double> parts = stackalloc double[RateRatio.MostAlternatives + 1];
        for (var k = 0; k < RateRatio.MostAlternatives; k++) parts[k] = started[k];
        parts[^1] = Math.Log(unstarted);
        return LogDomain.Sum(parts);
    }

    [InlineArray(RateRatio.MostAlternatives)]
    private struct LogMasses
    {
        private double _first;
    }
}
