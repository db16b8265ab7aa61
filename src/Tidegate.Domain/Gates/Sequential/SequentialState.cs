namespace Tidegate;

/// <summary>Everything a release has shown so far: constant size however long it takes.</summary>
/// <param name="Phase">Where it is.</param>
/// <param name="Weight">The share of requests that the candidate is to get in the next window.</param>
/// <param name="Judged">Time in which both arms could be read: only this counts.</param>
/// <param name="InPhase">Of it, since the phase began, or in fixed steps since the step did.</param>
/// <param name="Step">Of the fixed steps, from 0.</param>
/// <param name="LastShare">The share in the window before.</param>
/// <param name="Because">Why the phase is what it is: plain words.</param>
public sealed record SequentialState(
    GatePhase Phase,
    double Weight,
    TimeSpan Judged,
    TimeSpan InPhase,
    int Step,
    double LastShare,
    Accusation Against,
    Clearance For,
    Incident Incident,
    Silence Silence,
    Watch Watch,
    Probe Probe,
    string Because)
{
    /// <summary>Judged time at the promotion.</summary>
    public TimeSpan PromotedAt { get; internal init; }

    /// <summary>It was promoted because it was shown not to be harmful, and not because there was little to lose.</summary>
    public bool PromotedByEvidence { get; internal init; }

    /// <summary>Nothing further is judged.</summary>
    public bool Ended => Phase is GatePhase.RolledBack or GatePhase.Released or GatePhase.Held;
}

public enum GatePhase
{
    /// <summary>A share of the requests, growing as the evidence allows, then held.</summary>
    Ramp,

    /// <summary>Promoted: all requests; the old version stays warm.</summary>
    Watch,

    /// <summary>A suspicion: half of the requests, both versions compared again.</summary>
    Probe,

    /// <summary>Unhealthy, and that is latched.</summary>
    RolledBack,

    /// <summary>Healthy to the end: the old version may go.</summary>
    Released,

    /// <summary>The evidence did not come: a person decides.</summary>
    Held,
}
