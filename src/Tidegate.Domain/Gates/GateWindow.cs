namespace Tidegate;

/// <summary>The readings of one bake, folded: constant size however long the bake.</summary>
/// <param name="Candidate">The version being judged.</param>
/// <param name="Judged">Time in which every source answered, what was placed stood and nothing else was wrong: only this counts as baked.</param>
/// <param name="Looks">Samples taken.</param>
/// <param name="SteadyLooks">Samples in a row, up to now, in which every signal was good.</param>
/// <param name="Arms">Counts of candidate and baseline, by group.</param>
/// <param name="Tallies">The other signals, by name.</param>
/// <param name="Incident">What is wrong now that no version causes.</param>
public sealed record GateWindow(
    ArtifactDigest Candidate,
    TimeSpan Judged,
    int Looks,
    int SteadyLooks,
    TrafficArms Arms,
    IReadOnlyDictionary<string, SignalTally> Tallies,
    string? Incident,
    string? TrafficFailure,
    int TrafficFailuresInRow)
{
    /// <summary>What is not as it was placed now; null when all stands.</summary>
    public string? Drift { get; init; }

    /// <param name="regions">Those whose requests the floors ask for: the ones that a step is about. Null: all.</param>
    public static GateWindow Open(ArtifactDigest candidate, IReadOnlyList<string>? regions = null) =>
        new(candidate, TimeSpan.Zero, 0, 0, TrafficArms.Empty with { Regions = regions },
            new Dictionary<string, SignalTally>(), null, null, 0);

    /// <summary>Before a step's first look: its floors ask for requests of its own regions, as those of earlier steps
    /// say nothing of these.</summary>
    public static GateWindow Open(ArtifactDigest candidate, PlanStep step) =>
        Open(candidate, step.Targets.Count == 0 ? null : [.. step.Targets.Select(t => t.Region)]);

    /// <summary>The window after one more look.</summary>
    public GateWindow Add(GateDefinition gate, GateSample sample)
    {
        var counted = sample.Traffic as TrafficReading.Counted;
        var failure = (sample.Traffic as TrafficReading.SourceFailed)?.Because;
        var others = gate.Signals.Where(s => !s.Rule.IsTraffic).ToList();

        // Neighbours first: one that is not well explains what else fails now.
        var looked = others.ToDictionary(s => s.Name, s => Look(s, sample), StringComparer.Ordinal);
        var incidents = others.Select(s => NeighbourJudge.Incident(s, looked[s.Name])).Prepend(sample.Incident).OfType<string>().ToList();
        var incident = incidents.Count == 0 ? null : string.Join("; ", incidents);

        // While something is wrong that no version causes, and in the window before it was noticed, counts say nothing of this release.
        var arms = counted is null ? Arms : Arms.Add(Candidate, counted, tainted: incident is not null, compares: others.Count < gate.Signals.Count);
        var settled = others.ToDictionary(s => s.Name, s => Settle(s, looked[s.Name], sample.Span, incident), StringComparer.Ordinal);
        var tallies = others.ToDictionary(s => s.Name, s => Judge(gate, s, settled), StringComparer.Ordinal);
        var answered = failure is null && tallies.Values.All(t => t.ErrorsInRow == 0);

        var next = this with
        {
            Judged = answered && incident is null && sample.Drift is null ? Judged + sample.Span : Judged,
            Looks = Looks + 1,
            Arms = arms,
            Tallies = tallies,
            Incident = incident,
            Drift = sample.Drift,
            TrafficFailure = failure,
            TrafficFailuresInRow = failure is null ? 0 : TrafficFailuresInRow + 1,
        };
        return next with { SteadyLooks = answered && next.Drift is null && HealthGate.AllGood(gate, next) ? SteadyLooks + 1 : 0 };
    }

    private SignalTally Look(HealthSignal signal, GateSample sample)
    {
        var before = Tallies.GetValueOrDefault(signal.Name) ?? SignalTally.Empty;
        var next = before.Add(signal, Reading(signal, sample));
        return next.Latest is SignalReading.Counted counted ? next with { Counts = (before.Counts ?? NeighbourArms.Empty).Look(Candidate, counted) } : next;
    }

    private SignalTally Settle(HealthSignal signal, SignalTally next, TimeSpan span, string? incident)
    {
        if (next is { Latest: SignalReading.Counted, Counts: { } counts } && signal.Rule is SignalRule.Metric rule)
        {
            return next with { Counts = counts.Settle(RateRatio.FailuresBeyond(rule.Ratio), span, tainted: incident is not null) };
        }

        // What fails while a neighbour or a shared dependency is down is not this release's fault; an instance that dies still is.
        return incident is not null && next.Latest is SignalReading.Failed && signal.BlamesRelease && signal.Rule is not SignalRule.Liveness
            ? (Tallies.GetValueOrDefault(signal.Name) ?? SignalTally.Empty).Add(signal with { NoData = NoDataPolicy.Hold }, new SignalReading.NoData(incident))
            : next;
    }

    private SignalTally Judge(GateDefinition gate, HealthSignal signal, Dictionary<string, SignalTally> settled) =>
        settled[signal.Name] is { Latest: SignalReading.Counted } tally
            ? tally.Judged(NeighbourJudge.Judge(gate, signal, settled, Looks + 1))
            : settled[signal.Name];

    private static SignalReading Reading(HealthSignal signal, GateSample sample) =>
        sample.Readings.GetValueOrDefault(signal.Name) ?? new SignalReading.SourceFailed("no source read this signal");
}
