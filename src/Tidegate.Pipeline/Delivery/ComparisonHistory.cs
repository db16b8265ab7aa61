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
        return [.. recorded.SelectMany(r => Explanation.Of(r.Run, r.Record).Append(""))];
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

        return lines;
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
