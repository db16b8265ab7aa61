using System.Diagnostics;

namespace Tidegate.Engine;

/// <summary>Carries out a step that follows the evidence: looks, writes the window down, and brings about what the rollout wants, without waiting for it to stand.</summary>
/// <remarks>Nothing is decided here. Regions that are being changed are looked at like all others, so what turns bad meanwhile is seen. A run that was killed
/// goes on with the windows that the ledger holds; one that is told to stop takes users off what was not proved first.</remarks>
internal sealed class RolloutExecutor(
    IPlatform platform,
    ITrafficSource traffic,
    IReadOnlyList<ISignalSource> sources,
    IVersionProbe probe,
    IReleaseProgress progress,
    TimeProvider time)
{
    private const int WalkEvery = 3, OftenBaseline = 4;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ShareDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(5);

    private RolloutSession? _session;

    public async Task<ReleaseEvent> RollOutAsync(Release release, ReleaseCommand.RollOut command, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        var session = await ResumeAsync(release, command, journal, cancellationToken);
        try
        {
            return await CarryOutAsync(session, release, command, journal, cancellationToken);
        }
        catch (Exception stop) when (stop is LedgerRefusedException || (stop is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            await LeaveAsync(session, release, journal);
            throw;
        }
    }

    /// <summary>Takes users off the candidate, and sees that they are.</summary>
    public async Task<ReleaseEvent> WithdrawAsync(Release release, ReleaseCommand.Withdraw command, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        var (plan, start) = (release.Plan, time.GetTimestamp());
        progress.Report(new ReleaseProgress.Converging(release, "taking users off the new version", command.Targets, null));
        foreach (var target in command.Targets)
        {
            if (await ApplyAsync(plan, target, null, "withdraw", journal, cancellationToken) is { } refused) return new ReleaseEvent.WithdrawFailed(command.Step, refused);
        }

        while (true)
        {
            if (await platform.ObserveAsync(plan.Environment, cancellationToken) is ObserveResult.Observed { Environment: var now } && command.Targets.All(t => Shares(t, now[t.Region]))) return new ReleaseEvent.Withdrawn(command.Step);
            if (time.GetElapsedTime(start) >= plan.PlacementDeadline) return new ReleaseEvent.WithdrawFailed(command.Step, $"not seen within {Words.Seconds(plan.PlacementDeadline)}");
            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    private async Task<RolloutSession> ResumeAsync(Release release, ReleaseCommand.RollOut command, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        if (_session is not { } session || !ReferenceEquals(session.Plan, release.Plan))
        {
            _session = session = await RolloutSession.OpenAsync(release.Plan, journal, cancellationToken);
            if (session.Rollout is { Says: not RolloutSays.Unhealthy }) await TakeUpAsync(session, release.Plan, command, journal, cancellationToken);
            if (session.Rollout?.Says == RolloutSays.Unhealthy) session.BeginAnew();
            else if (session.Rollout?.Says == RolloutSays.Hold) await session.ReopenAsync();
        }

        await session.EnterAsync(command.Step, time.GetTimestamp());
        return session;
    }

    /// <summary>What an earlier run desired, beside what stands: a share that has gone back is not given again without evidence, and what was
    /// written down and never applied is applied.</summary>
    private async Task TakeUpAsync(
        RolloutSession session,
        ReleasePlan plan,
        ReleaseCommand.RollOut command,
        ReleaseJournal journal,
        CancellationToken cancellationToken)
    {
        if (await platform.ObserveAsync(plan.Environment, cancellationToken) is not ObserveResult.Observed { Environment: var now }) return;
        foreach (var target in session.Rollout!.Targets(plan.Candidate.Digest))
        {
            var seen = now[target.Region];
            if (Standing.Stands(target, seen))
            {
                session.Applied[target.Region] = (target, time.GetTimestamp());
                continue;
            }

            var stands = seen.Of(plan.Candidate.Digest)?.Share ?? TrafficShare.None;
            var desired = command.Targets.FirstOrDefault(t => t.Region == target.Region) ?? target;
            var wanted = desired.Versions.First(v => v.Digest == plan.Candidate.Digest).Share;
            if (target.Versions.Count < 2 || stands.BasisPoints >= wanted.BasisPoints - 1) continue;

            var back = target with
            {
                Versions = [.. target.Versions.Select(v => v with { Share = v.Digest == plan.Candidate.Digest ? stands : stands.Rest })],
            };
            if (!Standing.Stands(back, seen))
            {
                await ApplyAsync(plan, back, null, plan.Steps[command.Step].Title, journal, cancellationToken);
            }

            session.TakenBack.Add(target.Region);
            session.Applied[target.Region] = (target, time.GetTimestamp());
        }
    }

    private async Task<ReleaseEvent> CarryOutAsync(RolloutSession session, Release release, ReleaseCommand.RollOut command, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        var (plan, number) = (release.Plan, command.Step);
        var step = plan.Steps[number];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (session.Rollout is null)
            {
                await BeginAsync(session, plan, journal, cancellationToken);
                progress.Report(new ReleaseProgress.Measured(release, session.Rollout!.Reference));
            }

            var rollout = session.Rollout!;
            var wanted = rollout.Targets(plan.Candidate.Digest);
            if (!Same(wanted, command.Targets)) return new ReleaseEvent.TargetsChosen(number, wanted, Because(rollout, command.Targets, wanted));

            if (await BringAboutAsync(session, plan, number, wanted, journal, cancellationToken) is { } failed) return failed;
            await NextWindowAsync(session, plan, step, cancellationToken);

            var judgement = RolloutJudgement.Of(session, plan, step);
            progress.Report(new ReleaseProgress.Looked(release, step, time.GetElapsedTime(session.Began), session.Others, judgement));
            if (judgement.Verdict == Verdict.Unhealthy) return plan.Reaction == Reaction.Ask ? Held(session, plan, number, judgement) : new ReleaseEvent.Judged(number, judgement);
            if (rollout.Says == RolloutSays.Hold) return Held(session, plan, number, judgement);
            if (judgement.Verdict == Verdict.Healthy && (!Same(rollout.Targets(plan.Candidate.Digest), command.Targets) || Stand(session, plan, command.Targets)))
            {
                if (!Same(rollout.Targets(plan.Candidate.Digest), command.Targets)) continue; // the version before is let go first
                if (plan.Rollout!.Phases[number].Kind == PhaseKind.Watch) await journal.AppendAsync(new LedgerFact.StartsSeen(StartProfile.Of(rollout.Starts)));
                return new ReleaseEvent.Judged(number, judgement);
            }

            if (NeverStarts(session, plan, number) is { } never) return never;
        }
    }

    private async Task BeginAsync(RolloutSession session, ReleasePlan plan, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        while (true)
        {
            var look = await LookAsync(session, plan, cancellationToken);
            if (look is { Counts: { } counts, Environment: { } now })
            {
                var history = await traffic.HistoryAsync(plan.Environment, Hour, cancellationToken);
                var reference = RolloutReferences.Of(plan.Rollout!, history, counts, now, plan.Candidate.Digest, time.GetUtcNow());
                await session.BeginAsync(reference with { Starts = await journal.StartsAsync(cancellationToken) });
                (session.Last, session.LastAt) = (look, time.GetTimestamp());
                return;
            }

            await Task.Delay(plan.Rollout!.Options.Window, time, cancellationToken);
        }
    }

    private async Task NextWindowAsync(RolloutSession session, ReleasePlan plan, PlanStep step, CancellationToken cancellationToken)
    {
        var window = plan.Rollout!.Options.Window;
        var left = session.Last is null ? TimeSpan.Zero : window - time.GetElapsedTime(session.LastAt);
        if (left > TimeSpan.Zero) await Task.Delay(left, time, cancellationToken);

        await platform.ConfirmAsync(plan.Environment, cancellationToken);
        var look = await LookAsync(session, plan, cancellationToken);
        var now = time.GetTimestamp();
        var span = session.Last is null ? window : time.GetElapsedTime(session.LastAt, now);
        session.Others = session.Others.Add(session.Gate, look.Sample with { Span = span });
        if (session.Last is { } before)
        {
            var seen = session.Windows.Between(before, look, span, session.Rollout!.Reference, session.Others.Incident);
            if (session.TakenBack.Count > 0)
            {
                seen = seen with { Regions = [.. seen.Regions.Select((r, i) => r with { Withdrawn = r.Withdrawn || session.TakenBack.Contains(plan.Rollout.Regions[i].Name) })] };
                session.TakenBack.Clear();
            }

            await session.SawAsync(seen);

            // What is wanted after a share has gone back may be what was desired before: it is applied again all the same.
            foreach (var (region, _) in plan.Rollout.Regions.Zip(seen.Regions).Where(r => r.Second.Withdrawn))
            {
                session.Applied.Remove(region.Name);
            }
        }

        (session.Last, session.LastAt) = (look, now);
    }

    private async Task<RolloutLook> LookAsync(RolloutSession session, ReleasePlan plan, CancellationToken cancellationToken)
    {
        var sampler = new SignalSampler(platform, traffic, sources, plan.Rollout!.Options.Window, time);
        var sample = await sampler.LookAsync(plan with { Gate = session.Gate }, standing: null, cancellationToken);
        IReadOnlyList<ProbeCount> probes = sample.Environment is { } environment && session.Rollout is not null
            ? await probe.ProbeAsync(plan, environment, [.. Requests(session, plan, environment)], cancellationToken)
            : [];
        session.Looks++;
        return new(sample, probes, Shares(plan, sample.Environment));
    }

    private static Dictionary<string, TrafficShare> Shares(ReleasePlan plan, EnvironmentObservation? now) => now is null
        ? []
        : plan.Rollout!.Regions.ToDictionary(r => r.Name, r => now[r.Name].Of(plan.Candidate.Digest)?.Share ?? TrafficShare.None, StringComparer.Ordinal);

    private static IEnumerable<ProbeRequest> Requests(RolloutSession session, ReleasePlan plan, EnvironmentObservation now)
    {
        for (var r = 0; r < plan.Rollout!.Regions.Count; r++)
        {
            if (!session.Rollout!.CanAsk(r)) continue;
            var region = plan.Rollout.Regions[r].Name;
            var often = session.Rollout.WalksOften(r);
            foreach (var version in now[region].Versions)
            {
                yield return new(region, version.Digest, ProbeKind.Readiness, 1);
                var mine = version.Digest == plan.Candidate.Digest;
                if (often || session.Looks % WalkEvery == 0) yield return new(region, version.Digest, ProbeKind.Journeys, often && !mine ? OftenBaseline : 1);
            }
        }
    }

    /// <summary>Applies what differs from what was applied before, and waits a moment for weights alone: counts begin when they are in effect.</summary>
    private async Task<ReleaseEvent?> BringAboutAsync(RolloutSession session, ReleasePlan plan, int number, IReadOnlyList<RegionTarget> wanted, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        var changed = new List<RegionTarget>();
        foreach (var target in wanted)
        {
            if (session.Applied.TryGetValue(target.Region, out var applied) && Same(applied.Target, target)) continue;
            if (session.Last?.Environment is { } seen && Standing.Stands(target, seen[target.Region]))
            {
                session.Applied[target.Region] = (target, time.GetTimestamp());
                continue;
            }

            if (await ApplyAsync(plan, target, Unwatched(session, plan, target), plan.Steps[number].Title, journal, cancellationToken) is { } refused)
            {
                return session.Rollout!.NeverCame(target.Region) ? new ReleaseEvent.PlacementFailed(number, refused) : new ReleaseEvent.PlacementUnknown(number, refused);
            }

            session.Applied[target.Region] = (target, time.GetTimestamp());
            changed.Add(target);
        }

        if (changed.Count > 0) await SettleAsync(session, plan, changed, cancellationToken);
        return null;
    }

    private async Task SettleAsync(RolloutSession session, ReleasePlan plan, List<RegionTarget> changed, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var seen = await platform.ObserveAsync(plan.Environment, cancellationToken);
            if (seen is ObserveResult.Observed { Environment: var now } && changed.All(t => Shares(t, now[t.Region]) || Starts(t, now[t.Region])))
            {
                // Counts before the weights were in effect are of other weights.
                var counts = await traffic.ReadAsync(plan.Environment, cancellationToken);
                if (session.Last is { } last && counts is TrafficReading.Counted) session.Last = last with { Sample = last.Sample with { Traffic = counts, Environment = now }, Shares = Shares(plan, now) };
                return;
            }

            if (time.GetElapsedTime(start) >= ShareDeadline) return;
            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    /// <returns>Why not; null when it was taken, or may have been.</returns>
    private async Task<string?> ApplyAsync(ReleasePlan plan, RegionTarget target, UnwatchedRule? unwatched, string title, ReleaseJournal journal, CancellationToken cancellationToken)
    {
        var operation = $"{plan.Release}/{plan.Stage}/{title}";
        var generation = await journal.AppendAsync(new LedgerFact.Intended(operation, target));
        var applied = await platform.ApplyAsync(new(plan.Environment, generation, operation, target, plan.PlacementDeadline) { Unwatched = unwatched }, cancellationToken);
        return applied switch
        {
            ApplyResult.Accepted => null,
            ApplyResult.Refused refused => refused.Because,
            ApplyResult.Unknown unknown => unknown.Because,
            ApplyResult.Stale stale => throw PlacementExecutor.Stale(plan.Environment, stale),
            _ => throw new UnreachableException(),
        };
    }

    private static UnwatchedRule? Unwatched(RolloutSession session, ReleasePlan plan, RegionTarget target)
    {
        var proved = session.Rollout!.Proved(target.Region);
        var mine = target.Versions.FirstOrDefault(v => v.Digest == plan.Candidate.Digest);
        var baseline = target.Versions.FirstOrDefault(v => v.Digest != plan.Candidate.Digest);
        if (mine is null || baseline is null || mine.Share <= proved) return null;
        return new(plan.Rollout!.Unwatched, new Dictionary<ArtifactDigest, TrafficShare> { [mine.Digest] = proved, [baseline.Digest] = proved.Rest });
    }

    /// <summary>No instance of the candidate ever comes: that is no chance. Where some have come, a person is asked.</summary>
    private ReleaseEvent? NeverStarts(RolloutSession session, ReleasePlan plan, int number)
    {
        if (session.Last?.Environment is not { } now) return null;
        foreach (var (region, (target, _)) in session.Applied)
        {
            var seen = now[region];
            var wanted = target.Versions.FirstOrDefault(v => v.Digest == plan.Candidate.Digest)?.Instances ?? 0;
            var missing = (seen.Of(plan.Candidate.Digest)?.Ready ?? 0) < wanted;
            if (!missing) session.MissingSince.Remove(region);
            else session.MissingSince.TryAdd(region, time.GetTimestamp());
            var failure = seen.Convergence == Convergence.Failed ? $"{region}: {seen.Failure}"
                : missing && time.GetElapsedTime(session.MissingSince[region]) >= plan.PlacementDeadline ? $"{region}: not as desired after {Words.Seconds(plan.PlacementDeadline)}"
                : null;
            if (failure is null) continue;
            if (session.Rollout!.NeverCame(region)) return new ReleaseEvent.PlacementFailed(number, failure);

            var judgement = new Judgement(Verdict.Error, [new("instances", Verdict.Error, failure)], [failure]);
            return Held(session, plan, number, judgement);
        }

        return null;
    }

    private static ReleaseEvent.RolloutHeld Held(RolloutSession session, ReleasePlan plan, int number, Judgement judgement) => new(
        number,
        judgement,
        plan.Rollout!.StaysWhileHeld ? null : session.Rollout!.Withdrawn(plan.Candidate.Digest));

    /// <summary>This run is told to stop: what was not proved is taken back first, within its seconds.</summary>
    private async Task LeaveAsync(RolloutSession session, Release release, ReleaseJournal journal)
    {
        if (session.Rollout is null) return;

        using var deadline = new CancellationTokenSource(StopDeadline, time);
        foreach (var (region, (target, _)) in session.Applied.ToList())
        {
            if (Unwatched(session, release.Plan, target) is not { } rule) continue;
            var back = target with { Versions = [.. target.Versions.Select(v => v with { Share = rule.Shares[v.Digest] })] };
            try
            {
                await ApplyAsync(release.Plan, back, null, "nobody watches from here on", journal, deadline.Token);
                session.Applied[region] = (back, time.GetTimestamp());
            }
            catch (Exception failed) when (failed is OperationCanceledException or LedgerRefusedException)
            {
                return; // the platform's own switch does it when nobody confirms
            }
        }
    }

    private static bool Stand(RolloutSession session, ReleasePlan plan, IReadOnlyList<RegionTarget> targets) =>
        session.Last?.Environment is { } now
        && (plan.Rollout!.Phases[session.Step].Kind != PhaseKind.Watch || targets.All(t => Standing.Stands(t, now[t.Region])));

    private static bool Shares(RegionTarget target, RegionObservation now) =>
        target.Versions.All(t => Math.Abs((now.Of(t.Digest)?.Share ?? TrafficShare.None).BasisPoints - t.Share.BasisPoints) <= 1);

    /// <summary>Instances are still to come: their weights come with them.</summary>
    private static bool Starts(RegionTarget target, RegionObservation now) =>
        target.Versions.Any(t => (now.Of(t.Digest)?.Ready ?? 0) < t.Instances);

    private static bool Same(IReadOnlyList<RegionTarget> one, IReadOnlyList<RegionTarget> other) =>
        one.Count == other.Count && one.Zip(other).All(p => Same(p.First, p.Second));

    private static bool Same(RegionTarget one, RegionTarget other) => one.Region == other.Region && one.Versions.SequenceEqual(other.Versions);

    private static string Because(Rollout rollout, IReadOnlyList<RegionTarget> before, IReadOnlyList<RegionTarget> wanted) =>
        rollout.SlowSuspected ? RolloutWords.Slow
        : rollout.Probing ? RolloutWords.Probe
        : rollout.Sheltering ? RolloutWords.Shelter
        : before.Count == 0 || wanted.Count > before.Count ? "new instances begin"
        : rollout.Bound >= 1 ? "its first requests"
        : FormattableString.Invariant($"a failure rate above {rollout.Bound:0.##%} is ruled out{(rollout.Shown ? ", and it is shown not worse" : "")}");
}
