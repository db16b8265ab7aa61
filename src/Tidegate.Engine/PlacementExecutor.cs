using System.Diagnostics;

namespace Tidegate.Engine;

/// <summary>Brings about what is desired of regions: intent first, then the effect, then looking until it is so.</summary>
internal sealed class PlacementExecutor(IPlatform platform, ITrafficSource traffic, IReadOnlyList<ISignalSource> sources, IReleaseProgress progress, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ShareDeadline = TimeSpan.FromSeconds(2);

    /// <summary>Regions whose way back was begun with the first one's, by this run.</summary>
    private readonly HashSet<(string Release, string Region)> _begun = [];

    public async Task<ReleaseEvent> CarryOutAsync(Release release, ReleaseCommand command, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        var plan = release.Plan;
        switch (command)
        {
            case ReleaseCommand.Place place:
                var step = plan.Steps[place.Step];
                var title = place.Share is { } share ? $"{step.Title}, now {share}" : step.Title;
                var earlier = new EarlierWaves(platform, traffic, sources, plan, place.Step, time);
                return await BringAboutAsync(release, title, step.At(place.Share, plan.Candidate.Digest), earlier, journal, cancellationToken) switch
                {
                    Result.Done => new ReleaseEvent.Placed(place.Step),
                    Result.Failed failed => new ReleaseEvent.PlacementFailed(place.Step, failed.Because),
                    Result.Unknown unknown => new ReleaseEvent.PlacementUnknown(place.Step, unknown.Because),
                    _ => throw new UnreachableException(),
                };

            case ReleaseCommand.Restore restore:
                var back = plan.Before[restore.Region].Target;
                if (restore.Region == 0) await BeginAllAsync(release, journal, cancellationToken);
                return await BringAboutAsync(release, $"rolling back {back.Region}", [back], earlier: null, journal, cancellationToken) switch
                {
                    Result.Done => new ReleaseEvent.Restored(restore.Region),
                    Result.Failed failed => new ReleaseEvent.RestoreFailed(restore.Region, failed.Because),
                    Result.Unknown unknown => new ReleaseEvent.RestoreFailed(restore.Region, unknown.Because),
                    _ => throw new UnreachableException(),
                };

            case ReleaseCommand.Remove:
                return await RemoveAsync(plan, journal, cancellationToken);

            default:
                throw new UnreachableException($"{command} is not carried out here.");
        }
    }

    /// <summary>Every region is on its way back before the first is waited for: users of the others are not left on a bad version meanwhile. Where instances
    /// of the version before have to be started, those that are warm take what they can carry at once.</summary>
    /// <remarks>What is refused here is tried again, and told, when the region's turn comes.</remarks>
    private async Task BeginAllAsync(Release release, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        var plan = release.Plan;
        if (plan.Before.Count < 2 || await platform.ObserveAsync(plan.Environment, cancellationToken) is not ObserveResult.Observed { Environment: var now }) return;

        List<RegionTarget> relief = [.. plan.Before.Select(b => WayBack.AtOnce(b, now[b.Region])).OfType<RegionTarget>()];
        foreach (var target in relief) await ApplyAsync(release, "taking users off the new version", target, journal, cancellationToken);
        if (relief.Count > 0) await SettleAsync(plan, relief, cancellationToken);
        foreach (var before in plan.Before)
        {
            if (Standing.Stands(before.Target, now[before.Region])) continue;
            if (await ApplyAsync(release, $"rolling back {before.Region}", before.Target, journal, cancellationToken) is null) _begun.Add((plan.Release, before.Region));
        }
    }

    /// <summary>Weights alone are in effect within a moment; instances are not waited for.</summary>
    private async Task SettleAsync(ReleasePlan plan, List<RegionTarget> targets, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < ShareDeadline)
        {
            if (await platform.ObserveAsync(plan.Environment, cancellationToken) is ObserveResult.Observed { Environment: var now }
                && targets.All(t => t.Versions.All(v => now[t.Region].Of(v.Digest)?.Share == v.Share)))
            {
                return;
            }

            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    private async Task<Result?> ApplyAsync(Release release, string title, RegionTarget target, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        var plan = release.Plan;
        var operation = $"{plan.Release}/{plan.Stage}/{title}";
        var generation = await journal.AppendAsync(new LedgerFact.Intended(operation, target));
        cancellationToken.ThrowIfCancellationRequested();
        return Refusal(await platform.ApplyAsync(new(plan.Environment, generation, operation, target, plan.PlacementDeadline), cancellationToken), plan.Environment);
    }

    private async Task<Result> BringAboutAsync(
        Release release,
        string title,
        IReadOnlyList<RegionTarget> targets,
        EarlierWaves? earlier,
        ReleaseJournal journal,
        CancellationToken cancellationToken)
    {
        var plan = release.Plan;
        var start = time.GetTimestamp();
        var seen = await platform.ObserveAsync(plan.Environment, cancellationToken);
        progress.Report(new ReleaseProgress.Converging(release, title, targets, (seen as ObserveResult.Observed)?.Environment));

        foreach (var target in targets)
        {
            if (_begun.Remove((release.Plan.Release, target.Region))) continue;

            // What already stands as desired needs no effect: a run that was killed between effect and record finds it so.
            if (seen is ObserveResult.Observed { Environment: var before } && Standing.Stands(target, before[target.Region])) continue;

            if (await ApplyAsync(release, title, target, journal, cancellationToken) is { } refusal) return refusal;
        }

        while (true)
        {
            seen = await platform.ObserveAsync(plan.Environment, cancellationToken);
            if (seen is ObserveResult.Observed { Environment: var now })
            {
                progress.Report(new ReleaseProgress.Converging(release, title, targets, now));
                if (targets.All(t => Standing.Stands(t, now[t.Region]))) return new Result.Done();
                if (targets.Select(t => now[t.Region]).FirstOrDefault(r => r.Convergence == Convergence.Failed) is { } failed)
                {
                    return new Result.Failed($"{failed.Region}: {failed.Failure}");
                }
            }

            if (time.GetElapsedTime(start) >= plan.PlacementDeadline)
            {
                return seen is ObserveResult.Unreachable gone
                    ? new Result.Unknown($"the platform does not answer: {gone.Because}")
                    : new Result.Failed($"not as desired after {Words.Seconds(plan.PlacementDeadline)}");
            }

            if (earlier is not null && await earlier.LookAsync(cancellationToken) is { } bad) return new Result.Failed(bad);

            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    private async Task<ReleaseEvent> RemoveAsync(ReleasePlan plan, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var generation = await journal.AppendAsync(new LedgerFact.Intended($"{plan.Release}/{plan.Stage}/remove", null));
        var applied = await platform.RemoveAsync(plan.Environment, generation, cancellationToken);
        if (Refusal(applied, plan.Environment) is { } refusal) return new ReleaseEvent.RemoveFailed(refusal.ToString());

        while (true)
        {
            if (await platform.ObserveAsync(plan.Environment, cancellationToken) is ObserveResult.Observed { Environment.Regions: var regions }
                && regions.All(r => r.Versions.Count == 0))
            {
                return new ReleaseEvent.Removed();
            }

            if (time.GetElapsedTime(start) >= plan.PlacementDeadline) return new ReleaseEvent.RemoveFailed($"{plan.Environment} is still there");
            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    private static Result? Refusal(ApplyResult applied, string environment) => applied switch
    {
        ApplyResult.Accepted => null,
        ApplyResult.Refused refused => new Result.Failed(refused.Because),
        ApplyResult.Unknown unknown => new Result.Unknown(unknown.Because),
        ApplyResult.Stale stale => throw Stale(environment, stale),
        _ => throw new UnreachableException(),
    };

    public static LedgerRefusedException Stale(string environment, ApplyResult.Stale stale) => new(new Problem(
        "TG4015",
        $"environment {environment}",
        $"the platform has seen generation {stale.Newest}, which this ledger does not know: it is older than what runs, or not the one that released here.",
        "Bring back the ledger that made the last release, or start over with LocalDown."));

    private abstract record Result
    {
        internal sealed record Done : Result;

        internal sealed record Failed(string Because) : Result
        {
            public override string ToString() => Because;
        }

        internal sealed record Unknown(string Because) : Result
        {
            public override string ToString() => Because;
        }
    }
}
