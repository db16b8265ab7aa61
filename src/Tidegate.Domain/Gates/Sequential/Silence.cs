namespace Tidegate;

/// <summary>Does the candidate report what is routed to it?</summary>
/// <param name="Share">Evidence that it reports far too little.</param>
/// <param name="For">How long it has reported nothing at all while requests were routed to it.</param>
public readonly record struct Silence(TelemetryShare Share, TimeSpan For)
{
    private const double Certain = 1000;
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    /// <summary>Silent for a minute, and that is no chance.</summary>
    public bool IsDeath => For >= AMinute && Share.LogValue >= Math.Log(Certain);

    internal Silence Next(in GateReading reading, TimeSpan window) => new(
        Share.Add(reading.Share, reading.Requests.Candidate, reading.BaselineAltogether ?? reading.Requests.Baseline),
        reading.Requests.Candidate == 0 ? For + window : TimeSpan.Zero);

    /// <summary>With all traffic routed to it, none reported where thirty requests were to be expected.</summary>
    internal bool IsSuspicious(double requestsPerSecond) => For >= AMinute && requestsPerSecond * For.TotalSeconds >= 30;
}
