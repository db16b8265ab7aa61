namespace Tidegate;

/// <summary>The readings of one bake, folded: constant size however long the bake.</summary>
/// <param name="Candidate">The version being judged.</param>
/// <param name="Judged">Time in which every source answered and nothing else was wrong: only this counts as baked.</param>
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
    public static GateWindow Open(ArtifactDigest candidate) =>
        new(candidate, TimeSpan.Zero, 0, 0, TrafficArms.Empty, new Dictionary<string, SignalTally>(), null, null, 0);

    /// <summary>The window after one more look.</summary>
    public GateWindow Add(GateDefinition gate, GateSample sample)
    {
        var counted = sample.Traffic as TrafficReading.Counted;
        var failure = (sample.Traffic as TrafficReading.SourceFailed)?.Because;
        var others = gate.Signals.Where(s => !s.Rule.IsTraffic).ToList();

        // While something is wrong that no version causes, and in the window before it was noticed, counts say nothing of this release.
        var arms = counted is null ? Arms : Arms.Add(Candidate, counted, tainted: sample.Incident is not null);
        var tallies = others.ToDictionary(s => s.Name, s => Next(s, sample));
        var answered = failure is null && tallies.Values.All(t => t.ErrorsInRow == 0);

        var next = this with
        {
            Judged = answered && sample.Incident is null ? Judged + sample.Span : Judged,
            Looks = Looks + 1,
            Arms = arms,
            Tallies = tallies,
            Incident = sample.Incident,
            TrafficFailure = failure,
            TrafficFailuresInRow = failure is null ? 0 : TrafficFailuresInRow + 1,
        };
        return next with { SteadyLooks = answered && HealthGate.AllGood(gate, next) ? SteadyLooks + 1 : 0 };
    }

    private SignalTally Next(HealthSignal signal, GateSample sample)
    {
        var before = Tallies.GetValueOrDefault(signal.Name) ?? SignalTally.Empty;
        var reading = sample.Readings.GetValueOrDefault(signal.Name) ?? new SignalReading.SourceFailed("no source read this signal");

        // A journey that fails while a shared dependency is down is not this release's fault.
        return sample.Incident is { } incident && reading is SignalReading.Failed && signal.Rule is SignalRule.Journey or SignalRule.Data
            ? before.Add(signal with { NoData = NoDataPolicy.Hold }, new SignalReading.NoData(incident))
            : before.Add(signal, reading);
    }
}
