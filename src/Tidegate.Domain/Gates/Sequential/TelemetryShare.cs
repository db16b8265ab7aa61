namespace Tidegate;

/// <summary>Evidence that the candidate reports far fewer requests than are routed to it: a dead instance is silent, not healthy.</summary>
/// <remarks>H₀: it reports at least half of its routed share, against a tenth and a hundredth of it. Each log is held at −50 from
/// below, so that an hour of good reports does not hide a death; hence no verdict on it alone, but with a minute of silence.</remarks>
public readonly record struct TelemetryShare(double Tenth, double Hundredth)
{
    private const double Floor = -50;
    private const double Half = 0.5;

    /// <summary>In nats.</summary>
    public double LogValue => LogDomain.Mean([Tenth, Hundredth]);

    /// <param name="share">The share of requests routed to the candidate: above 0, below 1; any other says nothing.</param>
    public TelemetryShare Add(double share, long candidate, long baseline) => share is > 0 and < 1
        ? new(Next(Tenth, 0.1, share, candidate, baseline), Next(Hundredth, 0.01, share, candidate, baseline))
        : this;

    private static double Next(double log, double reported, double share, long candidate, long baseline)
    {
        var (expected, silent) = (Share(Half, share), Share(reported, share));
        return Math.Max(log + (candidate * Math.Log(silent / expected)) + (baseline * Math.Log((1 - silent) / (1 - expected))), Floor);
    }

    private static double Share(double reported, double share) => reported * share / ((reported * share) + 1 - share);
}
