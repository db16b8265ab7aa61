namespace Tidegate;

/// <summary>One window, as the gate sees it: both arms over the same seconds.</summary>
/// <param name="Share">The share of requests that was routed to the candidate throughout the window: 0 to 1.</param>
/// <param name="Missing">An arm could not be read, or its numbers make no sense: the window is no evidence, and time stands still.</param>
/// <param name="Requests">All requests; an event is a failed one.</param>
/// <param name="Endpoints">The same by endpoint, in the order of <see cref="GateReference.EndpointShares"/>. Read at once and not kept.</param>
/// <param name="Slow99">Slow requests at the baseline's 99th percentile.</param>
/// <param name="Slow90">At its 90th.</param>
/// <param name="Slow50">At its median.</param>
/// <param name="Memory">Candidate minus baseline in percent of the memory limit; null when it could not be read.</param>
public readonly record struct GateReading(
    double Share,
    bool Missing,
    PairedCounts Requests,
    ReadOnlyMemory<PairedCounts> Endpoints,
    SlowCounts Slow99,
    SlowCounts Slow90,
    SlowCounts Slow50,
    double? Memory)
{
    /// <summary>Somebody else saw that something is wrong which no version causes, for example that a shared dependency is down:
    /// promotion and ramp wait, the comparison goes on. Default false.</summary>
    public bool Incident { get; init; }

    /// <summary>All requests that the baseline's version answered, when only some of its instances are compared; null: <see cref="Requests"/> has them all.
    /// Tells whether the candidate reports what is routed to it.</summary>
    public long? BaselineAltogether { get; init; }

    /// <summary>Both versions took traffic, so they can be compared.</summary>
    public bool Split => Share is > 0 and < 1;

    public EventCount Candidate => new(Requests.CandidateEvents, Requests.Candidate);

    public EventCount Baseline => new(Requests.BaselineEvents, Requests.Baseline);

    /// <summary>Slow counts as pairs to be compared, over all requests.</summary>
    internal PairedCounts Paired(SlowCounts slow, long candidate) => new(Requests.Candidate, Requests.Baseline, candidate, slow.BaselineBeyondEdge);
}

/// <summary>What the running version showed in the hour before the release.</summary>
/// <param name="FailureRate">Share of requests that failed: above 0.</param>
/// <param name="SlowRate">Share of requests beyond the 99th percentile's edge: above 0.</param>
/// <param name="Dispersion">Of failed requests over the instances, at least 1; see <see cref="DispersionEstimate"/>.</param>
/// <param name="SlowDispersion">The same of slow requests.</param>
/// <param name="RequestsPerSecond">Of all versions together.</param>
/// <param name="EndpointShares">Share of requests by endpoint.</param>
public sealed record GateReference(
    double FailureRate,
    double SlowRate,
    double Dispersion,
    double SlowDispersion,
    double RequestsPerSecond,
    IReadOnlyList<double> EndpointShares);
