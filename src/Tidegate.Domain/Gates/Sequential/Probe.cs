namespace Tidegate;

/// <summary>A suspicion is settled by splitting the traffic evenly again: the old version is still warm, so both can be compared.</summary>
/// <param name="Lasted">Judged time since the traffic was split.</param>
/// <param name="Candidate">Since then, incidents left out.</param>
/// <param name="Baseline">Since then: what the references move to when the candidate is cleared.</param>
/// <param name="BaselineSlow">Slow requests of the baseline.</param>
public sealed record Probe(
    TimeSpan Lasted,
    EventCount Candidate,
    EventCount Baseline,
    EventCount BaselineSlow,
    RatioBelow Failures,
    RatioBelow Slowness,
    RampBound Bound)
{
    /// <summary>The share of a probe: where information is greatest.</summary>
    public const double Share = 0.5;

    private const double SlowMargin = 1.3, SlowBetter = 0.8;
    private const double MostChange = 3;
    private static readonly double Cleared = Math.Log(20);

    public static Probe Begin { get; } = new(TimeSpan.Zero, default, default, default, default, default, RampBound.Unknown);

    /// <summary>Windows that wait to be compared.</summary>
    public WaitingCounts Waiting { get; private init; }

    internal Probe Next(SequentialRules rules, in GateReading reading, bool incident)
    {
        var lasted = Lasted + rules.Options.Window;
        if (incident) return this with { Lasted = lasted };

        var (margin, dispersion) = (rules.Options.Margin, rules.Reference.Dispersion);
        var candidate = Candidate.Plus(reading.Candidate);
        var slow = reading.Paired(reading.Slow99, reading.Slow99.CandidateBeyondEdge);
        var (closed, waiting) = Waiting.Add(reading.Requests, slow, default);
        return new(
            lasted,
            candidate,
            Baseline.Plus(reading.Baseline),
            BaselineSlow.Plus(new(reading.Slow99.BaselineBeyondEdge, reading.Requests.Baseline)),
            Failures.Add(closed.Failures, margin.Margin, HarmMargin.Alike, HarmMargin.Better, dispersion),
            Slowness.Add(closed.Slow99, SlowMargin, 1, SlowBetter, rules.Reference.SlowDispersion),
            Bound.Next(rules.Options.Grades, candidate, rules.Options.Gamma, dispersion))
        {
            Waiting = waiting,
        };
    }

    /// <summary>The weight changes: what waits is forgotten.</summary>
    internal Probe Restart() => this with { Waiting = default };

    /// <summary>Not harmful beside the baseline; or, with too little traffic to show it, little to lose.</summary>
    internal bool IsCleared(SequentialRules rules)
    {
        if (Lasted < rules.Options.ProbeTime) return false;

        var failures = rules.Options.Margin.Evidence(Failures, Candidate, rules.Reference.Dispersion);
        if (failures >= Cleared && Slowness.LogValue >= Cleared) return true;
        return Lasted >= rules.Options.LowTrafficTime && Candidate.Exposures >= 30
            && Bound.ExpectedHarm(rules.Reference.RequestsPerSecond, rules.Options.Reaction) <= rules.Options.HarmBudget;
    }

    /// <summary>The references as the baseline showed them in the probe, moved at most threefold so that an incident does not blind the watch.</summary>
    internal Watch Anchor(Watch watch) => new(Moved(watch.FailureRate, Baseline), Moved(watch.SlowRate, BaselineSlow), default, default);

    private static double Moved(double reference, EventCount seen)
    {
        const double worth = 1000;
        return Math.Clamp((seen.Events + (worth * reference)) / (seen.Exposures + worth), reference / MostChange, reference * MostChange);
    }
}
