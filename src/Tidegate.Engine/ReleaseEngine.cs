namespace Tidegate.Engine;

/// <summary>Machine → command → port → event → machine, until the stage ends or is held. Decides nothing itself.</summary>
public sealed class ReleaseEngine(
    IPlatform platform,
    ITrafficSource traffic,
    IReadOnlyList<ISignalSource> sources,
    IReleaseProgress progress,
    TimeProvider time,
    IVersionProbe? probe = null)
{
    private readonly RolloutExecutor _rollout = new(platform, traffic, sources, probe ?? new SignalVersionProbe(sources, time), progress, time);
    private readonly PlacementExecutor _placement = new(platform, traffic, sources, progress, time);
    private readonly BakeExecutor _bake = new(platform, traffic, sources, progress, time);
    private readonly ComparisonExecutor _comparison = new(platform, traffic, sources, progress, time);

    /// <summary>Carries a release on from where it stands.</summary>
    /// <param name="release">New, or folded from the ledger.</param>
    /// <param name="journal">Its stream, behind everything that <paramref name="release"/> was folded from.</param>
    /// <param name="resumed">It was begun by an earlier run.</param>
    /// <param name="cancellationToken">Stops before the next effect; the ledger is left in order, and calling again goes on.</param>
    public async Task<Release> RunAsync(Release release, ReleaseJournal journal, bool resumed, CancellationToken cancellationToken)
    {
        progress.Report(new ReleaseProgress.Began(release, resumed));
        while (true)
        {
            var command = ReleaseMachine.Decide(release);
            if (command is ReleaseCommand.End end)
            {
                progress.Report(new ReleaseProgress.Ended(release, end.Outcome, end.Because));
                return release;
            }

            // A rollout stops by itself: it takes back first what was not proved.
            if (command is not ReleaseCommand.RollOut) cancellationToken.ThrowIfCancellationRequested();
            var happened = command switch
            {
                ReleaseCommand.Watch watch when release.Plan.Steps[watch.Step].Comparison is not null => await _comparison.WatchAsync(release, watch, journal, cancellationToken),
                ReleaseCommand.Watch watch => await _bake.WatchAsync(release, watch.Step, cancellationToken),
                ReleaseCommand.RollOut roll => await _rollout.RollOutAsync(release, roll, journal, cancellationToken),
                ReleaseCommand.Withdraw withdraw => await _rollout.WithdrawAsync(release, withdraw, journal, cancellationToken),
                _ => await _placement.CarryOutAsync(release, command, journal, cancellationToken),
            };

            await journal.AppendAsync(new LedgerFact.Happened(happened));
            if (command is ReleaseCommand.Watch) await _comparison.RecordedAsync(happened);
            release = ReleaseMachine.Evolve(release, happened);
            progress.Report(new ReleaseProgress.Moved(release, happened));
        }
    }

    /// <summary>What is wrong before anything is touched; empty when a release may begin.</summary>
    public Task<IReadOnlyList<string>> ObstaclesAsync(ReleasePlan plan, CancellationToken cancellationToken) =>
        new PreFlight(platform, traffic, sources, time).ObstaclesAsync(plan, cancellationToken);

    /// <summary>Watches what runs, changes nothing, writes nothing.</summary>
    public async Task<Judgement> JudgeAsync(ReleasePlan plan, CancellationToken cancellationToken) =>
        await _bake.WatchAsync(Release.Begin(plan), 0, cancellationToken) switch
        {
            ReleaseEvent.Judged judged => judged.Judgement,
            ReleaseEvent.BakeExpired expired => expired.Judgement,
            var other => throw new System.Diagnostics.UnreachableException($"a bake does not end in {other}"),
        };
}
