namespace Tidegate;

/// <summary>After promotion there is nothing to compare with but the hour before: a rise raises a suspicion, which a probe settles.</summary>
/// <param name="FailureRate">The reference, moved by each probe.</param>
/// <param name="SlowRate">The same of slow requests.</param>
public readonly record struct Watch(double FailureRate, double SlowRate, Cusum Failures, Cusum Slowness)
{
    private static readonly double Suspicion = Math.Log(200);

    public bool IsSuspicious => Failures.LogValue >= Suspicion || Slowness.LogValue >= Suspicion;

    internal Watch Next(in GateReading reading, GateReference reference) => this with
    {
        Failures = Failures.Add(RateRise.OfErrors, reading.Candidate, FailureRate, reference.Dispersion),
        Slowness = Slowness.Add(
            RateRise.OfSlowness, new(reading.Slow99.CandidateBeyondEdge, reading.Requests.Candidate), SlowRate, reference.SlowDispersion),
    };
}
