using System.Globalization;

namespace Tidegate.Pipeline.Reports;

/// <summary>A rollout in words: the conclusion, what was measured before, its budget, and windows that tell.</summary>
internal sealed class RolloutExplanation
{
    private const double LineEvery = 60;
    private static readonly double[] Levels = [1, 5, 10, 100];

    private readonly RolloutPlan _plan;
    private readonly List<string> _rows = [];
    private Seen? _told;
    private double _toldAt;
    private EventCount _candidate;
    private EventCount _running;

    private RolloutExplanation(RolloutPlan plan) => _plan = plan;

    /// <param name="records">The run's windows.</param>
    /// <param name="carried">Of the stage before, folded for this alone; null: this run begins.</param>
    public static IEnumerable<string> Of(StageRun run, IReadOnlyList<LedgerRecord> records, Rollout? carried)
    {
        var plan = run.Plan.Rollout!;
        var explanation = new RolloutExplanation(plan);
        if (RolloutRecord.Fold(records, plan, carried, explanation.Add) is not { } rollout) return [];

        return
        [
            $"{ReleaseWords.Title(run.Plan)}: {ReleaseWords.State(run.Release)}",
            .. RolloutWords.Of(rollout).Select(e => $"  {Foreign.Line(e.Signal, 120)}: {Foreign.Line(e.Words, 400)}"),
            .. ReleaseWords.Expected(run.Plan),
            .. Measured(plan, rollout.Reference),
            .. ReleaseWords.Warnings(plan, rollout.Reference),
            .. carried is null ? BudgetWords.Of(plan) : ["evidence, and the one budget, go on from the canary"],
            FormattableString.Invariant($"gate {plan.Name}: {rollout.Needed:0} is the verdict; ")
                + "requests and failures are since the line before",
            "     judged   evidence   ruled out   new requests   failed   old requests   failed   its shares",
            .. explanation._rows,
        ];
    }

    private static IEnumerable<string> Measured(RolloutPlan plan, RolloutReference reference)
    {
        yield return string.Create(CultureInfo.InvariantCulture,
            $"measured of the running version, in {Words.Seconds(reference.Covers)} of the hour before: ")
            + string.Create(CultureInfo.InvariantCulture, $"{reference.FailureRate:0.####%} of its requests failed, ")
            + string.Create(CultureInfo.InvariantCulture,
                $"{reference.Crashes:0} of its instances died in {reference.InstanceHours:0.#} instance-hours");
        yield return string.Create(CultureInfo.InvariantCulture,
            $"  failures come in clusters of {reference.Dispersion:0.0} where they speak for it, ")
            + $"slow requests of {Joined(reference.SlowDispersion, "0.0")} (99 / 90 / 50 %)";
        foreach (var (region, seen) in plan.Regions.Zip(reference.Regions))
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"  {region.Name}: {seen.RequestsPerSecond:0.#} requests/s, {seen.FailureRate:0.####%} failed, ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"clusters of {seen.Counts:0.0} (instances hit: {seen.Hits:0.0}), at most ")
                + $"{string.Join(" / ", seen.Edges.Take(3).Select(Edge))} ms for 99 / 90 / 50 %"
                + (seen.Sick.Count == 0 ? "" : $"; sick, left out: {Foreign.Line(string.Join(", ", seen.Sick), 200)}");
        }

        if (reference.Starts is { } starts)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"  instances may start as cold as those of the last releases: in their first minute {starts.Failures[0]:0.0} times as many ")
                + string.Create(CultureInfo.InvariantCulture, $"failures, and {starts.Slow99[0]:0.0} times as many of the slowest hundredth");
        }

        var endpoints = plan.Endpoints.Zip(reference.EndpointShares)
            .Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.First} {e.Second:0.#%}"));
        yield return "  endpoints: " + Foreign.Line(string.Join(", ", endpoints), 600);
    }

    private static string Joined(IEnumerable<double> numbers, string format) =>
        string.Join(" / ", numbers.Select(n => n.ToString(format, CultureInfo.InvariantCulture)));

    private static string Edge(LatencyEdges edges) => edges.Edge >= double.MaxValue
        ? "no"
        : edges.Edge.ToString("0.#", CultureInfo.InvariantCulture);

    private void Add(Rollout rollout, RolloutWindow window)
    {
        foreach (var region in window.Regions)
        {
            (_candidate, _running) = (_candidate.Plus(region.CandidateCount), _running.Plus(region.RunningCount));
        }

        var seen = Seen.Of(rollout, window);
        var news = seen.News(_told).ToList();
        if (news.Count == 0 && _told is { } told && !told.Moved(seen) && rollout.At - _toldAt < LineEvery) return;

        var at = Words.Seconds(TimeSpan.FromSeconds(rollout.At));
        _rows.Add(string.Create(CultureInfo.InvariantCulture,
            $"  {at,9}   {rollout.Merged,8:0.00}   {rollout.Bound,9:0.00%}   {Counts(_candidate)}   {Counts(_running)}")
            + $"   {Shares(seen)}{string.Concat(news.Select(n => $"   {Foreign.Line(n, 160)}"))}");
        (_told, _toldAt, _candidate, _running) = (seen, rollout.At, default, default);
    }

    private static string Counts(EventCount count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count.Exposures,12}   {count.Events,6}");

    private string Shares(Seen seen)
    {
        var shares = seen.Shares;
        if (shares.All(s => s == shares[0])) return $"everywhere {shares[0]}";
        return string.Join(", ", _plan.Regions.Zip(shares)
            .Where(r => r.Second > TrafficShare.None)
            .Select(r => $"{r.First.Name} {r.Second}"));
    }

    /// <summary>What is worth a line when it becomes another.</summary>
    private sealed record Seen(
        IReadOnlyList<TrafficShare> Shares, int Level, string? Incident, bool Probing, bool Slow, string? Unread,
        RolloutSays Says, string Because, RolloutPhase Phase)
    {
        public static Seen Of(Rollout rollout, RolloutWindow window) => new(
            [.. window.Regions.Select(r => r.Share)],
            Levels.Count(l => rollout.Merged > l),
            rollout.Incident,
            rollout.Probing,
            rollout.SlowSuspected,
            window.Regions.Select(r => r.Missing).FirstOrDefault(m => m is not null),
            rollout.Says,
            rollout.Because,
            rollout.Phase);

        /// <summary>A share doubled, halved, began or became all.</summary>
        public bool Moved(Seen now) => Shares.Zip(now.Shares).Any(s =>
            s.First != s.Second
            && (s.First == TrafficShare.None || s.Second == TrafficShare.None || s.Second == TrafficShare.All
                || s.Second.Ratio >= 2 * s.First.Ratio || s.Second.Ratio <= s.First.Ratio / 2));

        public IEnumerable<string> News(Seen? before)
        {
            if (before?.Phase != Phase) yield return PhaseOf(Phase);
            if (Level > (before?.Level ?? 0)) yield return $"evidence reached {Levels[Level - 1]:0}";
            if (Level < before?.Level) yield return $"evidence fell below {Levels[Level]:0}";
            if (Incident != before?.Incident)
            {
                yield return Incident is null ? "the incident is over" : $"incident: {Incident}";
            }

            if (Probing != (before?.Probing ?? false))
            {
                yield return Probing ? "probe: both versions are compared again" : "the probe is over";
            }

            if (Slow != (before?.Slow ?? false)) yield return Slow ? RolloutWords.Slow : "it was a cold start";
            if (Unread != before?.Unread) yield return Unread is null ? "read again" : $"not read: {Unread}";
            if (Says != RolloutSays.GoOn && Says != before?.Says) yield return $"{ReleaseWords.Says(Says)}: {Because}";
        }

        private static string PhaseOf(RolloutPhase phase) => phase.Kind switch
        {
            PhaseKind.Canary => $"canary in {string.Join(", ", phase.Regions)}",
            PhaseKind.EveryRegion => "canary in every region",
            PhaseKind.Wave => $"wave: {string.Join(", ", phase.Regions)}",
            _ => "watch",
        };
    }
}
