using Tidegate.Engine;
using Tidegate.Pipeline.Reports;

namespace Tidegate.Pipeline;

/// <summary>What was recorded of comparisons: to be explained, and to be judged again with another gate.</summary>
internal sealed class ComparisonHistory(PipelineDefinition pipeline, ILedger ledger)
{
    /// <summary>Window by window. Empty when nothing was recorded.</summary>
    /// <param name="release">A release's name or the begin of its digest; null: the newest that was compared.</param>
    public async Task<IReadOnlyList<string>> ExplainAsync(string? release, CancellationToken cancellationToken)
    {
        var recorded = await RecordedAsync(release, cancellationToken);
        var lines = recorded.SelectMany(r => Explanation.Of(r.Run, r.Record).Append("")).ToList();
        foreach (var (run, history) in await RolloutsAsync(release, cancellationToken))
        {
            var carried = await CarriedAsync(run, history, plan => plan, cancellationToken);
            var told = RolloutExplanation.Of(run, await WindowsAsync(run, cancellationToken), carried).ToList();
            if (told.Count > 0) lines.AddRange([.. told, ""]);
        }

        return lines;
    }

    /// <summary>What the configured gates would have said, beside what was said.</summary>
    public async Task<IReadOnlyList<string>> ReplayAsync(string release, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var (run, record) in await RecordedAsync(release, cancellationToken))
        {
            var recorded = run.Plan.Steps[record.Step].Comparison!;
            lines.Add($"{run.Plan.Stage} in {run.Plan.Environment}: {ReleaseWords.Step(run.Plan, record.Step)}, {record.Windows.Count} windows");
            lines.Add("  then: " + Line(ComparisonReplay.Of(record, recorded)));
            if (!pipeline.Has(run.Plan.Stage) || pipeline[run.Plan.Stage].Comparison is not { } policy)
            {
                lines.Add("  now: this stage compares nothing any more");
                continue;
            }

            lines.Add("  now: " + Line(ComparisonReplay.Of(record, recorded with { Name = policy.Name, Options = At(policy.Options, recorded.Options) })));
            if (policy.Shadow is { } shadow) lines.Add("  shadow: " + Line(ComparisonReplay.Of(record, recorded with { Name = shadow.Name, Options = At(shadow.Options, recorded.Options) })));
        }

        foreach (var (run, history) in await RolloutsAsync(release, cancellationToken))
        {
            lines.AddRange(await RejudgedAsync(run, history, cancellationToken));
        }

        return lines;
    }

    /// <summary>A rollout again: as it was judged, and as the configured gates would.</summary>
    private async Task<IReadOnlyList<string>> RejudgedAsync(
        StageRun run, ReleaseHistory history, CancellationToken cancellationToken)
    {
        var records = await WindowsAsync(run, cancellationToken);
        if (await WithAsync(plan => plan) is not { } then) return [];

        var windows = records.Select(r => r.Fact()).OfType<LedgerFact.RolloutSaw>().Count();
        var stage = $"{run.Plan.Stage} in {run.Plan.Environment}";
        var lines = new List<string>
        {
            $"{stage}: canary and waves as one release, {windows} windows",
            "  then: " + then.Line,
        };
        if (!pipeline.Has(run.Plan.Stage) || pipeline[run.Plan.Stage].Comparison is not { } policy)
        {
            return [.. lines, "  now: this stage compares nothing any more"];
        }

        var now = await WithAsync(plan => plan with { Name = policy.Name, Options = policy.Rollout });
        lines.Add("  now: " + now!.Line);
        if (policy.Shadow is not { } shadow) return lines;

        var options = RolloutOptions.Of(shadow.Options, policy.Confidence, policy.AtCap);
        var other = await WithAsync(plan => plan with { Name = shadow.Name, Options = options });
        return [.. lines, "  shadow: " + other!.Line];

        async Task<RolloutReplay?> WithAsync(Func<RolloutPlan, RolloutPlan> settings) => RolloutReplay.Of(
            records, settings(run.Plan.Rollout!), await CarriedAsync(run, history, settings, cancellationToken));
    }

    private async Task<List<(StageRun Run, ReleaseHistory History)>> RolloutsAsync(
        string? release, CancellationToken cancellationToken)
    {
        var found = new List<(StageRun Run, ReleaseHistory History)>();
        foreach (var environment in pipeline.Environments)
        {
            var history = ReleaseHistory.Fold(await ledger.ReadAsync(environment.Name, cancellationToken));
            found.AddRange(history.Runs
                .Where(r => r.Plan.Rollout is not null)
                .Where(r => release is null || ReleaseNaming.Names(release, r.Digest, r.Plan.Release))
                .Select(r => (r, history)));
        }

        var ordered = found.OrderBy(f => f.Run.BeganAt).ThenBy(f => f.Run.Sequence).ToList();
        return release is null && ordered is [.., var newest] ? [.. ordered.Where(f => f.Run.Digest == newest.Run.Digest)] : ordered;
    }

    private Task<IReadOnlyList<LedgerRecord>> WindowsAsync(StageRun run, CancellationToken cancellationToken) =>
        ledger.ReadAsync(ComparisonRecord.Stream(run.Plan.Environment, run.Sequence), cancellationToken);

    /// <summary>The rollout of the stage that this one continues, folded with these settings; null: it begins.</summary>
    private async Task<Rollout?> CarriedAsync(
        StageRun run, ReleaseHistory history, Func<RolloutPlan, RolloutPlan> settings,
        CancellationToken cancellationToken)
    {
        if (run.Plan.Rollout?.Continues is not { } sequence) return null;
        var earlier = history.Runs.FirstOrDefault(r => r.Sequence == sequence);
        return earlier?.Plan.Rollout is { } plan
            ? RolloutRecord.Fold(await WindowsAsync(earlier, cancellationToken), settings(plan), carried: null)
            : null;
    }

    /// <summary>Lets a shadow gate decide from now on; recorded with who and why.</summary>
    /// <returns>What was done, or null when no stage has such a shadow.</returns>
    public async Task<string?> PromoteAsync(string gate, string by, string reason, CancellationToken cancellationToken)
    {
        if (pipeline.Stages.All(s => s.Comparison?.Shadow?.Name != gate)) return null;

        var records = await ledger.ReadAsync(GatePromotion.Stream, cancellationToken);
        await new ReleaseJournal(ledger, GatePromotion.Stream, records.Count).AppendAsync(new LedgerFact.GatePromoted(gate, by, reason));
        return $"gate {gate} decides from now on; the one before goes into its shadow";
    }

    /// <summary>Names of promoted gates, oldest first.</summary>
    public static async Task<IReadOnlyList<string>> PromotedAsync(ILedger ledger, CancellationToken cancellationToken) =>
        [.. (await ledger.ReadAsync(GatePromotion.Stream, cancellationToken)).Select(r => r.Fact()).OfType<LedgerFact.GatePromoted>().Select(p => p.Gate)];

    private async Task<List<(StageRun Run, ComparisonRecord Record)>> RecordedAsync(string? release, CancellationToken cancellationToken)
    {
        var found = new List<(StageRun Run, ComparisonRecord Record)>();
        foreach (var environment in pipeline.Environments)
        {
            var history = ReleaseHistory.Fold(await ledger.ReadAsync(environment.Name, cancellationToken));
            foreach (var run in history.Runs.Where(r => r.Plan.Steps.Any(s => s.Comparison is not null) && (release is null || ReleaseNaming.Names(release, r.Digest, r.Plan.Release))))
            {
                var records = ComparisonRecord.Fold(await ledger.ReadAsync(ComparisonRecord.Stream(environment.Name, run.Sequence), cancellationToken));
                found.AddRange(records.Select(r => (run, r)));
            }
        }

        var ordered = found.OrderBy(f => f.Run.BeganAt).ThenBy(f => f.Run.Sequence).ToList();
        return release is null && ordered is [.., var newest] ? [.. ordered.Where(f => f.Run.Digest == newest.Run.Digest)] : ordered;
    }

    /// <summary>Another gate under the conditions of the recorded step: its shares, and its windows.</summary>
    private static SequentialOptions At(SequentialOptions options, SequentialOptions recorded) => options with
    {
        SoakWeight = recorded.SoakWeight,
        FirstWeight = Math.Min(options.FirstWeight, recorded.SoakWeight),
        Window = recorded.Window,
        RampEvery = recorded.RampEvery,
    };

    private static string Line(ComparisonReplay replay) =>
        $"gate {replay.Gate}: {ReleaseWords.Verdict(replay.Verdict)} after {replay.Windows} windows ({Words.Seconds(replay.After)} judged, {replay.Failed} failed requests of the new version): {Foreign.Line(replay.Because)}";
}
