namespace Tidegate;

/// <summary>What one signal has shown in a bake so far.</summary>
/// <param name="Good">Readings that were good.</param>
/// <param name="Failures">Readings that were bad, in all.</param>
/// <param name="Missing">Readings that had no value, in all.</param>
/// <param name="ErrorsInRow">Readings that could not be taken, up to now without one that could.</param>
/// <param name="First">The first measured value, which growth is counted from.</param>
/// <param name="Latest">The newest reading.</param>
public sealed record SignalTally(
    int Good,
    int Failures,
    int Missing,
    int ErrorsInRow,
    SignalReading.Measured? First,
    SignalReading? Latest)
{
    public static SignalTally Empty { get; } = new(0, 0, 0, 0, null, null);

    /// <summary>What a signal that counts has counted; null before its first reading.</summary>
    public NeighbourArms? Counts { get; init; }

    /// <summary>The first evidence of what was counted that was bad; null when none was. Later counts may thin it out, and do not un-do it.</summary>
    public Evidence? Condemned { get; private init; }

    public SignalTally Add(HealthSignal signal, SignalReading reading)
    {
        var first = First ?? reading as SignalReading.Measured;
        var next = this with { First = first, Latest = reading };
        return Rate(signal, reading, first) switch
        {
            Verdict.Healthy => next with { Good = Good + 1, ErrorsInRow = 0 },
            Verdict.Insufficient when reading is SignalReading.Counted => next with { ErrorsInRow = 0 },
            Verdict.Unhealthy => next with { Failures = Failures + 1, ErrorsInRow = 0 },
            Verdict.Insufficient => next with { Missing = Missing + 1, ErrorsInRow = 0 },
            _ => next with { ErrorsInRow = ErrorsInRow + 1 },
        };
    }

    /// <summary>After a look at counts that were judged: critical bears no look that says Unhealthy, normal two.</summary>
    public SignalTally Judged(IReadOnlyList<Evidence> evidence) =>
        evidence.FirstOrDefault(e => e.Says == Verdict.Unhealthy) is { } bad ? this with { Failures = Failures + 1, Condemned = Condemned ?? bad }
        : evidence.All(e => e.Says == Verdict.Healthy) ? this with { Good = Good + 1 }
        : this;

    /// <summary>The reading on its own. NaN and infinities are no data, whatever they would be compared with.</summary>
    public static Verdict Rate(HealthSignal signal, SignalReading reading, SignalReading.Measured? first) => reading switch
    {
        SignalReading.Passed => Verdict.Healthy,
        SignalReading.Failed => Verdict.Unhealthy,
        SignalReading.Measured { Value: var value } when !double.IsFinite(value) => Missed(signal),
        SignalReading.Measured measured when signal.Rule is SignalRule.MemoryGrowth limit =>
            Growth(measured, first ?? measured) > limit.AtMostMebibytes ? Verdict.Unhealthy : Verdict.Healthy,
        SignalReading.Measured => Verdict.Error,
        SignalReading.Counted => Verdict.Insufficient, // judged over the bake, see NeighbourJudge
        SignalReading.NoData => Missed(signal),
        _ => Verdict.Error,
    };

    /// <summary>Growth since the first reading, beyond what the running version's grew meanwhile.</summary>
    public static double Growth(SignalReading.Measured now, SignalReading.Measured first) =>
        now.Value - first.Value - Math.Max(0, (now.Baseline ?? 0) - (first.Baseline ?? now.Baseline ?? 0));

    /// <summary>What the newest reading shows, for people.</summary>
    public string Said(HealthSignal signal) => Latest switch
    {
        null => "no reading yet",
        SignalReading.Failed failed => failed.Because,
        SignalReading.NoData none => "no value: " + none.Because,
        SignalReading.SourceFailed none => $"no answer ({ErrorsInRow} in a row): {none.Because}",
        SignalReading.Measured now when signal.Rule is SignalRule.MemoryGrowth limit && First is { } first =>
            FormattableString.Invariant($"{now.Value:0} MiB, grew by {Growth(now, first):0} MiB (limit {limit.AtMostMebibytes:0})"),
        SignalReading.Measured now => FormattableString.Invariant($"{now.Value}"),
        _ => Failures == 0 ? $"passed {Good} times" : $"passed {Good} times, failed {Failures} times",
    };

    private static Verdict Missed(HealthSignal signal) => signal.NoData == NoDataPolicy.Fail ? Verdict.Unhealthy : Verdict.Insufficient;
}
