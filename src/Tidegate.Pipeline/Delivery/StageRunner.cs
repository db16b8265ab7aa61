using Tidegate.Engine;

namespace Tidegate.Pipeline;

/// <summary>Runs one stage for one artifact: once. What was already decided is told, what was begun is gone on with.</summary>
/// <param name="wrong">What is wrong with an artifact's bytes, in words; null: they are there and whole.</param>
/// <param name="owner">Who runs this, for the one who finds the environment taken.</param>
public sealed class StageRunner(PipelineDefinition pipeline, DeliveryParts parts, Func<ArtifactDigest, string?> wrong,
    string owner)
{
    private readonly UpAndDown _upAndDown = new(pipeline, parts.Platform);

    /// <param name="decision">What somebody decided about a release that waits or has failed; null: none.</param>
    public async Task<StageEnd> RunAsync(Stage stage, ReleaseArtifact artifact, DecisionGiven? decision, CancellationToken cancellationToken)
    {
        if (!pipeline.Has(stage)) return Undeclared(stage);
        if (pipeline[stage].Environment is { Watched: true, Name: var watched })
        {
            return new(Outcome.InputInvalid, $"{watched} is only watched: its regions have addresses, so something else releases there. HealthGate judges it; to release to it, take the addresses out of config/delivery.json");
        }

        if (artifact.Name != pipeline.Service)
        {
            return new(Outcome.InputInvalid,
                $"{ArtifactProblem.OtherService($"artifact {artifact.Digest.Brief}", artifact.Name, pipeline.Service)}");
        }

        var waiting = await UnfinishedAsync(artifact.Digest, cancellationToken);
        if (decision is { Decision: not Decision.Retry } && waiting is null) return NothingWaits(artifact, decision);

        var environment = pipeline[stage].Environment.Name;
        if (waiting is not null && waiting.Plan.Stage > stage && waiting.Plan.Environment != environment) return LetOn(waiting);

        var leased = await parts.Ledger.AcquireAsync(environment, owner, cancellationToken);
        if (leased is LeaseResult.HeldBy held) return Locked(environment, held);

        await using var lease = ((LeaseResult.Granted)leased).Lease;
        if (await parts.Platform.ReviveAsync(environment, cancellationToken) is { } lost) return NoPlatform(lost);

        var history = ReleaseHistory.Fold(await parts.Ledger.ReadAsync(environment, cancellationToken));
        var journal = new ReleaseJournal(parts.Ledger, environment, history.Sequence, history.Unfinished?.Sequence ?? 0);

        if (history.Unfinished is { } unfinished)
        {
            if (unfinished.Digest != artifact.Digest) return Busy(unfinished);
            if (unfinished.IsRollback) return await ResumeAsync(unfinished, journal, decision, cancellationToken);
            if (unfinished.Plan.Stage != stage) return unfinished.Plan.Stage > stage ? LetOn(unfinished) : Busy(unfinished);
            if (decision is null or { Decision: Decision.Retry } && OtherChanges(unfinished) is { } others)
            {
                return others;
            }


            var changed = unfinished.Plan.Configuration != pipeline.Digest && unfinished.Release.State is not (ReleaseState.RollingBack or ReleaseState.Removing);
            return changed && decision is null ? Reconfigured(unfinished) : await ResumeAsync(unfinished, journal, decision, cancellationToken);
        }

        if (await MissingStageAsync(stage, artifact.Digest, cancellationToken) is { } missing) return missing;

        var seen = await parts.Platform.ObserveAsync(environment, cancellationToken);
        if (seen is not ObserveResult.Observed { Environment: var now }) return NoPlatform(((ObserveResult.Unreachable)seen).Because);

        var from =
            stage == Stage.UpgradeDowngradeTest ? await _upAndDown.FromAsync(artifact.Digest, cancellationToken) : [];
        if (from is null) return NoPlatform("what production runs cannot be told");
        if (history.Latest(stage, artifact.Digest) is { } latest
            && Recorded(latest, now, decision, from) is { } recorded)
        {
            if (latest.Release.State is ReleaseState.Delivered && OtherChanges(latest) is { } others) return others;
            return await NowAsync(stage, artifact, recorded, cancellationToken);
        }

        if (decision is { Decision: not Decision.Retry }) return NothingWaits(artifact, decision);
        if (decision is null && await NewerAsync(environment, history, artifact.Digest, cancellationToken) is { } newer) return Superseded(newer);

        if (stage == Stage.UpgradeDowngradeTest && from.Count == 0)
        {
            return new(Outcome.Released,
                "nothing to test: no earlier version runs here or in production, so there is none to go back to",
                Recorded: true);
        }

        // Waves go on with what their canary has shown, so with what was expected of it.
        var canary = stage == Stage.RegionWaves && history.Canary(artifact.Digest) is { } sequence
            ? history.Runs.Single(r => r.Sequence == sequence)
            : null;
        if (canary is not null && OtherChanges(canary) is { } unlike) return unlike;

        var deciding = GatePromotion.Apply(pipeline, await ComparisonHistory.PromotedAsync(parts.Ledger, cancellationToken));
        if (canary?.Plan.Rollout is { } carried) deciding = deciding with { Expected = carried.Expected };
        var plan = stage == Stage.UpgradeDowngradeTest
            ? new UpAndDown(deciding, parts.Platform).Plan(artifact, ReleaseName(artifact), now, from)
            : PlanBuilder.Build(deciding, stage, artifact, ReleaseName(artifact), now, history.Canary(artifact.Digest));
        if (stage is Stage.Canary or Stage.RegionWaves && plan.Rollout is null && pipeline.Expected.Count > 0)
        {
            return NothingCompared(stage);
        }

        plan = plan with { Before = [.. plan.Before.Select(b => history.WayBack(b, stage, artifact.Digest, now))] };
        return await BeginAsync(plan, decision?.Text ?? "asked for", history, journal, decided: decision is { Decision: Decision.Retry }, cancellationToken);
    }

    /// <summary>Takes what this artifact is in an environment back to what ran there before. Nothing to take back: null.</summary>
    /// <param name="until">A run that was begun later stays; null: none was.</param>
    public async Task<StageEnd?> TakeBackAsync(string environment, ArtifactDigest digest, string because, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var leased = await parts.Ledger.AcquireAsync(environment, owner, cancellationToken);
        if (leased is LeaseResult.HeldBy held) return Locked(environment, held);

        await using var lease = ((LeaseResult.Granted)leased).Lease;
        if (await parts.Platform.ReviveAsync(environment, cancellationToken) is { } lost) return NoPlatform(lost);

        var history = ReleaseHistory.Fold(await parts.Ledger.ReadAsync(environment, cancellationToken));
        var journal = new ReleaseJournal(parts.Ledger, environment, history.Sequence, history.Unfinished?.Sequence ?? 0);
        if (history.Unfinished is { } unfinished)
        {
            return unfinished.Digest == digest
                ? await ResumeAsync(unfinished, journal, unfinished.IsRollback ? null : new DecisionGiven(Decision.RollBack, owner, because), cancellationToken)
                : Busy(unfinished);
        }

        if (history.NewestOf(digest) is not { } newest || newest.BeganAt > until) return null;

        var back = newest.Release.State switch
        {
            ReleaseState.Delivered when history.Standing?.Digest == digest => history.Over(digest),
            // What it would have gone back to by itself, in all regions that it touched.
            ReleaseState.Stopped or ReleaseState.RollbackIncomplete when history.Newest == newest =>
                newest.Plan.Before.Where(b => b.Baseline != digest).ToDictionary(b => b.Region, b => b.Baseline, StringComparer.Ordinal),
            _ => new Dictionary<string, ArtifactDigest?>(),
        };
        if (back.Count == 0) return null;

        var stages = pipeline.Stages.Where(s => s.Environment.Name == environment).ToList();
        var gone = back.Keys.Except(stages[^1].Environment.Regions.Select(r => r.Name)).ToList();
        if (gone.Count > 0)
        {
            return new(Outcome.PolicyRefused, $"{newest.Plan.Release} is in {environment} in {string.Join(", ", gone)}, which profile '{pipeline.Profile}' does not declare any more; nothing was touched. Declare it again in config/delivery.json to take it back there");
        }

        var stage = stages.Any(s => s.Stage == newest.Plan.Stage) ? newest.Plan.Stage : stages[^1].Stage; // a stage may have been given another environment since
        return await BeginAsync(PlanBuilder.Rollback(pipeline, stage, newest.Plan.Candidate, newest.Plan.Release, back), because, history, journal, decided: true, cancellationToken);
    }

    public static string ReleaseName(ReleaseArtifact artifact) => $"{artifact.Name}-{artifact.Digest.Brief}";

    /// <param name="decided">Somebody wants it whatever is wrong already: it may be what mends it.</param>
    private async Task<StageEnd> BeginAsync(ReleasePlan plan, string because, ReleaseHistory history, ReleaseJournal journal, bool decided, CancellationToken cancellationToken)
    {
        var needed = PlanChecker.Needed(plan).ToDictionary(d => d, wrong);
        var damaged = needed.Where(n => n.Value is not null).ToDictionary(n => n.Key, n => n.Value!);
        var problems = PlanChecker.Check(pipeline, plan, needed.Keys.Except(damaged.Keys).ToHashSet(), damaged);
        if (problems.Count > 0) return new(Outcome.PolicyRefused, string.Join(Environment.NewLine, problems));

        var obstacles = decided ? [] : await parts.Engine().ObstaclesAsync(plan, cancellationToken);
        if (obstacles.Count > 0) return new(Outcome.Held, $"not begun, nothing was touched, for this was wrong before: {string.Join("; ", obstacles)}. Call again when it is well (--decision retry --reason … begins all the same)");

        var sequence = await journal.AppendAsync(new LedgerFact.Planned(plan, because));
        var run = new StageRun(Release.Begin(plan, because), sequence, parts.Time.GetUtcNow(), parts.Time.GetUtcNow(), because);
        return await CarryOnAsync(run, journal, resumed: false, cancellationToken);
    }

    private async Task<StageEnd> ResumeAsync(StageRun run, ReleaseJournal journal, DecisionGiven? decision, CancellationToken cancellationToken)
    {
        ReleaseEvent what = decision is null ? new ReleaseEvent.Resumed() : new ReleaseEvent.Decided(decision.Decision, decision.By, decision.Reason);
        var release = ReleaseMachine.Evolve(run.Release, what); // what cannot be is not written down, where it would be read for ever
        await journal.AppendAsync(new LedgerFact.Happened(what));
        return await CarryOnAsync(run with { Release = release }, journal, resumed: true, cancellationToken);
    }

    private async Task<StageEnd> CarryOnAsync(StageRun run, ReleaseJournal journal, bool resumed, CancellationToken cancellationToken)
    {
        var release = await parts.Engine().RunAsync(run.Release, journal, resumed, cancellationToken);
        var end = (ReleaseCommand.End)ReleaseMachine.Decide(release);
        return new(end.Outcome, end.Because, run with { Release = release, LatestAt = parts.Time.GetUtcNow() });
    }

    /// <summary>What the ledger already answers, or null when the stage is to be run (again).</summary>
    private StageEnd? Recorded(StageRun latest, EnvironmentObservation now, DecisionGiven? decision,
        IReadOnlyList<ArtifactDigest> from)
    {
        if (decision is { Decision: Decision.Retry } && latest.Release.State is not ReleaseState.Delivered) return null;
        var end = (ReleaseCommand.End)ReleaseMachine.Decide(latest.Release);
        if (end.Outcome != Outcome.Released)
        {
            var advice = end.Outcome == Outcome.RollbackIncomplete ? "Rollback --reason … tries again to bring back what is left" : "--decision retry --reason … tries it again";
            return new(end.Outcome, $"{end.Because} (recorded {latest.LatestAt:u}; {advice})", latest, Recorded: true);
        }

        return latest.Plan.Configuration == pipeline.Digest && StillTrue(latest, now) && UpAndDown.IsAbout(latest, from)
            ? new(Outcome.Released, $"already healthy since {latest.LatestAt:u}", latest, Recorded: true)
            : null;
    }

    /// <summary>Delivered once says nothing of how production is now, and whoever asks again may ask because of
    /// that.</summary>
    private async Task<StageEnd> NowAsync(Stage stage, ReleaseArtifact artifact, StageEnd recorded,
        CancellationToken cancellationToken) =>
        recorded.Outcome == Outcome.Released && stage is Stage.Canary or Stage.RegionWaves
            && await new QuickLook(pipeline, parts).UnhealthyAsync(stage, artifact, cancellationToken) is { } bad
            ? recorded with
            {
                Outcome = Outcome.Held,
                Because = $"already delivered, and looks unhealthy now: {bad}. Nothing was touched: "
                    + "mend what it needs, or take it back with Rollback --reason …",
            }
            : recorded;

    /// <summary>What the verdict was about is observed to serve now.</summary>
    private bool StillTrue(StageRun run, EnvironmentObservation now)
    {
        var (stage, digest) = (run.Plan.Stage, run.Digest);
        return stage switch
        {
            Stage.DeployAlpha => true, // its environment was removed; the verdict is about the artifact alone
            Stage.UpgradeDowngradeTest =>
                run.Plan.Before.All(b =>
                    now[b.Region].Versions.Any(v => v.Digest == digest || UpAndDown.IsAbout(run, [v.Digest]))),
            Stage.Canary => run.Plan.Before.All(b => now[b.Region].Of(digest) is { Ready: > 0 }),
            _ => pipeline[stage].Environment.Regions.All(r => now[r.Name].ServesOnly(digest, r.Instances)),
        };
    }

    private async Task<StageEnd?> MissingStageAsync(Stage stage, ArtifactDigest digest, CancellationToken cancellationToken)
    {
        var histories = new Dictionary<string, ReleaseHistory>(StringComparer.Ordinal);
        foreach (var earlier in pipeline.Stages.Where(s => s.Stage < stage))
        {
            // Several stages share an environment; its stream is read and checked once.
            var environment = earlier.Environment.Name;
            if (!histories.TryGetValue(environment, out var history))
            {
                histories[environment] = history = ReleaseHistory.Fold(await parts.Ledger.ReadAsync(environment, cancellationToken));
            }

            var delivered = history.Delivered(earlier.Stage, digest, pipeline.Digest);
            if (earlier.Stage == Stage.UpgradeDowngradeTest)
            {
                var verdict = delivered ? history.Latest(earlier.Stage, digest) : null;
                if (await UntestedAsync(verdict, digest, cancellationToken) is not { } untested) continue;
                return new(Outcome.PolicyRefused, untested);
            }

            if (delivered) continue;
            return new(Outcome.PolicyRefused, $"{earlier.Stage} has no healthy verdict for {digest.Brief} under this configuration; run {earlier.Stage} first. (A pipeline that has no such stage does not declare it.)");
        }

        return null;
    }

    /// <summary>Why the way up and down must be tried first; null: it was, from all that production runs, or there is
    /// nothing to try it from.</summary>
    private async Task<string?> UntestedAsync(StageRun? verdict, ArtifactDigest digest,
        CancellationToken cancellationToken)
    {
        if (await _upAndDown.FromAsync(digest, cancellationToken) is not { } from)
        {
            return "what production runs cannot be told, so neither can whether this release could be taken back; "
                + "Status tells what answers";
        }
        if (from.Count == 0 || verdict is not null && UpAndDown.IsAbout(verdict, from)) return null;

        return $"UpgradeDowngradeTest has no healthy verdict for {digest.Brief} from {string.Join(", ", from.Select(f => f.Brief))}, which runs, under this configuration; run UpgradeDowngradeTest first. (A pipeline that has no such stage does not declare it.)";
    }

    /// <summary>The run of this artifact that waits or is under way, whichever environment that is in; the one that has come furthest.</summary>
    private async Task<StageRun?> UnfinishedAsync(ArtifactDigest digest, CancellationToken cancellationToken)
    {
        foreach (var environment in pipeline.Environments.Reverse())
        {
            if (ReleaseHistory.Fold(await parts.Ledger.ReadAsync(environment.Name, cancellationToken)).Unfinished is { } run && run.Digest == digest) return run;
        }

        return null;
    }

    /// <summary>What stands here and was packaged after this artifact; null: nothing. An environment that is made anew each time holds nothing that could be replaced.</summary>
    private async Task<StageRun?> NewerAsync(string environment, ReleaseHistory history, ArtifactDigest digest, CancellationToken cancellationToken)
    {
        if (history.Standing is not { } standing || standing.Digest == digest || pipeline.Environments.Single(e => e.Name == environment).Ephemeral) return null;

        // The same bytes may be packaged again, from other sources: they are as new as that.
        var packaged = (await parts.Ledger.ReadAsync(ArtifactCatalog.Stream, cancellationToken)).Select(r => r.Fact()).OfType<LedgerFact.Packaged>().Select(p => p.Provenance.Artifact.Digest).ToList();
        var own = packaged.LastIndexOf(digest);
        return own >= 0 && packaged.LastIndexOf(standing.Digest) > own ? standing : null;
    }

    private static StageEnd Superseded(StageRun newer) => new(
        Outcome.Superseded,
        $"{newer.Plan.Release} was packaged later and is delivered in {newer.Plan.Environment} since {newer.LatestAt:u}; nothing was touched. To go back to what ran before it, call Rollback; to release the older one over it all the same, add --decision retry --reason …");

    /// <summary>What was declared for a release when it began stays: evidence was counted by it. Null: nothing else is
    /// asked for.</summary>
    private StageEnd? OtherChanges(StageRun run)
    {
        var declared = run.Plan.Rollout?.Expected ?? [];
        if (pipeline.Expected.Count == 0 || pipeline.Expected.SequenceEqual(declared)) return null;
        if (run.Plan.Stage is not (Stage.Canary or Stage.RegionWaves)) return null;
        if (run.Release.State is ReleaseState.RollingBack or ReleaseState.Removing) return null;

        var began = declared.Count == 0
            ? "without expected changes"
            : $"with other expected changes ({ExpectedChanges.Words(declared)})";
        return new(
            Outcome.InputInvalid,
            $"--expect: {run.Plan.Stage} of {run.Plan.Release} was begun {began}, "
                + "and they stay as they were for the whole release; nothing was touched. "
                + "Leave --expect out to go on with it as it was begun; or take it back with Rollback, "
                + "and begin it again with --decision retry --reason … and this --expect");
    }

    private StageEnd NothingCompared(Stage stage)
    {
        var because = pipeline[stage].Comparison is null
            ? "its profile declares no comparison, or the stage says \"compared\": false"
            : "no version runs yet, or a region declares no requestsPerSecond";
        return new(
            Outcome.InputInvalid,
            $"--expect: {stage} compares nothing here: {because}. So there is nothing to leave out; nothing was touched. "
                + "Leave --expect out");
    }

    /// <summary>It was let on by all that comes before it.</summary>
    private static StageEnd LetOn(StageRun later) => new(Outcome.Released, $"{later.Plan.Stage} of the same artifact is under way", later, Recorded: true);

    private static StageEnd NothingWaits(ReleaseArtifact artifact, DecisionGiven decision) => new(
        Outcome.InputInvalid,
        $"--decision {decision.Decision.ToString().ToLowerInvariant()}: no release of {artifact} waits for a decision, and none was begun. Name the one that does with --release (Status shows it), or take back what was delivered with Rollback");

    private static StageEnd Reconfigured(StageRun run) => new(
        Outcome.Held,
        $"the configuration has changed since {run.Plan.Release} was begun in {run.Plan.Environment} ({run.Plan.Stage}); nothing was touched. Decide: --decision retry goes on as it was planned, rollback takes it back, stop leaves it (each with --reason …); or call again with the configuration as it was");

    private StageEnd Undeclared(Stage stage) => new(
        Outcome.InputInvalid,
        $"profile '{pipeline.Profile}' declares no stage {stage}; it has: {string.Join(", ", pipeline.Stages.Select(s => s.Stage))}. Declare it in config/delivery.json, or call a target that is there");

    private static StageEnd NoPlatform(string because) => new(Outcome.PlatformUnknown, $"the platform does not answer: {because}");

    private static StageEnd Locked(string environment, LeaseResult.HeldBy held) =>
        new(Outcome.Locked, $"another run owns {environment}: {held.Owner}. Wait for it, or end it; its lock ends with it");

    private static StageEnd Busy(StageRun run) => new(
        Outcome.Held,
        $"{run.Plan.Release} is unfinished in {run.Plan.Environment} ({run.Plan.Stage}). Finish it ({run.Plan.Stage} --release {run.Plan.Release}), or take it back with Rollback");
}

/// <summary>A person's decision, with who and why.</summary>
public sealed record DecisionGiven(Decision Decision, string By, string Reason)
{
    public string Text => $"{By} decided to {Decision}: {Reason}";
}
