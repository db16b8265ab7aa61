namespace Tidegate.Engine;

/// <summary>Watches a step beside the running version: each window is written down before anything is concluded from it.</summary>
/// <remarks>A run that was killed goes on with the windows that the ledger holds, so nothing that speaks against a candidate is forgotten.
/// What the other signals have shown is not kept: only time that was watched counts as baked.</remarks>
internal sealed class ComparisonExecutor(
    IPlatform platform,
    ITrafficSource traffic,
    IReadOnlyList<ISignalSource> sources,
    IReleaseProgress progress,
    TimeProvider time)
{
    private const int UnreadBorne = 4;

    private Session? _session;

    public async Task<ReleaseEvent> WatchAsync(Release release, ReleaseCommand.Watch watch, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        var (plan, number) = (release.Plan, watch.Step);
        var step = plan.Steps[number];
        var comparison = step.Comparison!;
        var others = plan.Gate with { Signals = [.. plan.Gate.Signals.Where(s => !s.Rule.IsTraffic)] };
        var session = await ResumeAsync(plan, number, comparison, journal, cancellationToken);
        var sampler = new SignalSampler(platform, traffic, sources, step.Bake.SampleEvery, time);
        var standing = Standing.Of(plan, number, watch.Share);
        var share = watch.Share ?? CandidateShare(plan, step);
        TrafficReading.Counted? last = null; // counts before the share stood are of another share
        var before = time.GetTimestamp();
        while (true)
        {
            var sample = await sampler.LookAsync(plan, standing, cancellationToken);
            var now = time.GetTimestamp();

            // Cold instances answer slowly: what is not counted beside the running version is judged once they are warm.
            if (time.GetElapsedTime(session.Began) >= step.Bake.WarmUp) session.Others = session.Others.Add(others, sample with { Span = time.GetElapsedTime(before, now) });
            before = now;

            if (sample.Traffic is TrafficReading.Counted counted)
            {
                if (session.Comparison is null) await session.BeginAsync(number, comparison, Reference(plan, step, counted, sample));
                if (last is not null) await session.SawAsync(Window(plan, step, session.Comparison!, share, last, counted, session.Others.Incident ?? sample.Incident, sample));
                last = counted;
            }
            else
            {
                last = null;
                if (session.Comparison is not null) await session.SawAsync(ComparisonWindow.Unread(share, ((TrafficReading.SourceFailed)sample.Traffic).Because));
            }

            var judgement = Judge(HealthGate.Judge(others, session.Others, step.Bake.Length - step.Bake.WarmUp), session.Comparison, sample);
            var elapsed = time.GetElapsedTime(session.Began);
            progress.Report(new ReleaseProgress.Looked(release, step, elapsed, session.Others, judgement));
            if (judgement.Verdict is Verdict.Healthy or Verdict.Unhealthy) return new ReleaseEvent.Judged(number, judgement);
            if (session.Comparison?.State.Phase == GatePhase.Held || elapsed >= step.Bake.Maximum) return new ReleaseEvent.BakeExpired(number, judgement);
            if (session.Comparison is { } so && ComparisonJudge.Move(so, judgement, share) is { } wanted) return new ReleaseEvent.ShareChosen(number, wanted, Because(so, wanted, share));

            await Task.Delay(step.Bake.SampleEvery, time, cancellationToken);
        }
    }

    /// <summary>Called when what the watching led to is in the ledger.</summary>
    public async Task RecordedAsync(ReleaseEvent what)
    {
        if (_session is not { } session || what is ReleaseEvent.ShareChosen) return;

        _session = null;
        var verdict = what switch
        {
            ReleaseEvent.Judged judged => judged.Judgement.Verdict,
            ReleaseEvent.BakeExpired expired => expired.Judgement.Verdict,
            _ => Verdict.Error,
        };
        if (session.Comparison is not null) await session.Journal.AppendAsync(new LedgerFact.ComparisonEnded(verdict));
    }

    private async Task<Session> ResumeAsync(ReleasePlan plan, int step, ComparisonPlan comparison, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        if (_session is { } present && present.Step == step) return present;

        var (windows, records) = await journal.WindowsAsync(cancellationToken);
        var session = new Session(step, windows, GateWindow.Open(plan.Candidate.Digest), time.GetTimestamp());
        var known = ComparisonRecord.Fold(records).LastOrDefault(c => c.Step == step);
        switch (known)
        {
            case { Ended: null or Verdict.Healthy }:
                session.Comparison = known.Judge(comparison);
                break;
            case { Ended: Verdict.Insufficient or Verdict.Error }:
                await session.ReopenAsync(step, known.Judge(comparison));
                break;
        }

        return _session = session;
    }

    private static ComparisonWindow Window(ReleasePlan plan, PlanStep step, Comparison comparison, TrafficShare share, TrafficReading.Counted last, TrafficReading.Counted now, string? incident, GateSample sample) =>
        ComparisonCounts.Between(last, now, plan.Candidate.Digest, Regions(step), comparison.Reference, share) with
        {
            Incident = incident,
            Memory = Memory(plan, step.Comparison!, comparison.Reference, sample),
        };

    private static ComparisonReference Reference(ReleasePlan plan, PlanStep step, TrafficReading.Counted counted, GateSample sample)
    {
        var (candidate, comparison, regions) = (plan.Candidate.Digest, step.Comparison!, Regions(step));
        return ComparisonReference.Of(counted, candidate, regions, comparison.LatencyTolerance, comparison.LatencyMargin) with
        {
            Fresh = comparison.FreshBaseline ? FreshBaseline.Of(sample.Environment!, candidate, regions) : null,
        };
    }

    private static double? Memory(ReleasePlan plan, ComparisonPlan comparison, ComparisonReference reference, GateSample sample) =>
        comparison.MemoryLimitMebibytes is { } limit
        && plan.Gate.Signals.FirstOrDefault(s => s.Rule is SignalRule.MemoryGrowth) is { } signal
        && sample.Readings.GetValueOrDefault(signal.Name) is SignalReading.Measured { Baseline: { } running } read
        && (reference.Fresh is { } fresh ? sample.Environment?.LargestMebibytes(i => fresh.Contains(i.Id)) : running) is { } baseline
            ? 100 * (read.Value - baseline) / limit
            : null;

    private static Judgement Judge(Judgement others, Comparison? comparison, GateSample sample) => comparison is not null
        ? ComparisonJudge.Join(others, comparison, UnreadBorne)
        : others.Verdict is Verdict.Unhealthy or Verdict.Error ? others
        : new(Verdict.Insufficient, others.Evidence, [$"the counts of both versions: {(sample.Traffic as TrafficReading.SourceFailed)?.Because ?? "none yet"}", .. others.Missing]);

    private static string Because(Comparison comparison, TrafficShare wanted, TrafficShare stands) => comparison.State.Phase switch
    {
        GatePhase.Probe => "something rose after the promotion: both versions are compared again",
        GatePhase.Watch => "the probe cleared it",
        _ when wanted > stands => FormattableString.Invariant($"a failure rate above {comparison.State.For.Bound.WorstRate:0.##%} is ruled out"),
        _ => "the evidence asks for it",
    };

    private static HashSet<string> Regions(PlanStep step) => [.. step.Targets.Select(t => t.Region)];

    private static TrafficShare CandidateShare(ReleasePlan plan, PlanStep step) =>
        step.Targets.SelectMany(t => t.Versions).First(v => v.Digest == plan.Candidate.Digest).Share;

    /// <summary>What is known of the step that is being watched, across the changes of its share.</summary>
    private sealed class Session(int step, ReleaseJournal journal, GateWindow others, long began)
    {
        public int Step => step;

        public ReleaseJournal Journal => journal;

        public long Began => began;

        public GateWindow Others { get; set; } = others;

        public Comparison? Comparison { get; set; }

        public async Task BeginAsync(int number, ComparisonPlan plan, ComparisonReference reference)
        {
            await journal.AppendAsync(new LedgerFact.ComparisonBegan(number, reference, Reopened: false));
            Comparison = Tidegate.Comparison.Begin(plan, reference);
        }

        public async Task ReopenAsync(int number, Comparison held)
        {
            await journal.AppendAsync(new LedgerFact.ComparisonBegan(number, held.Reference, Reopened: true));
            Comparison = held.Reopen();
        }

        public async Task SawAsync(ComparisonWindow window)
        {
            await journal.AppendAsync(new LedgerFact.ComparisonSaw(window));
            Comparison = Comparison!.Add(window);
        }
    }
}
