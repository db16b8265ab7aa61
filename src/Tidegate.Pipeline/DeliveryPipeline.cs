using Tidegate.Engine;
using Tidegate.Ledger;
using Tidegate.Pipeline.Reports;

namespace Tidegate.Pipeline;

/// <summary>What targets call. Knows no NUKE: the same whatever host runs the build.</summary>
public sealed class DeliveryPipeline : IAsyncDisposable
{
    private readonly DeliveryParts _parts;
    private readonly StageRunner _runner;

    private DeliveryPipeline(DeliveryOptions options, PipelineDefinition definition, DeliveryParts parts, string owner)
    {
        (Options, Definition, _parts) = (options, definition, parts);
        Store = new ArtifactStore(options.ArtifactsFolder);
        Catalog = new ArtifactCatalog(parts.Ledger, Store);
        Func<ArtifactDigest, string?> wrong = options.DryRunSeed is null ? Store.Wrong : _ => null;
        _runner = new StageRunner(definition, parts, wrong, owner);
    }

    public DeliveryOptions Options { get; }

    public PipelineDefinition Definition { get; }

    public ILedger Ledger => _parts.Ledger;

    public ArtifactStore Store { get; }

    public ArtifactCatalog Catalog { get; }

    /// <summary>Opens a delivery with parts that are given: real, of a dry run, or of a test.</summary>
    /// <param name="owner">Who runs it, for the one who finds an environment taken.</param>
    public static DeliveryPipeline Open(DeliveryOptions options, PipelineDefinition definition, DeliveryParts parts, string owner) =>
        new(options, definition, parts, owner);

    /// <summary>Runs one stage. When it fails, the whole release is taken back, wherever it ran.</summary>
    public async Task<StageEnd> ReleaseAsync(Stage stage, ReleaseArtifact artifact, DecisionGiven? decision, CancellationToken cancellationToken)
    {
        var end = await _runner.RunAsync(stage, artifact, decision, cancellationToken);
        return Told(end.Outcome is Outcome.RolledBack or Outcome.RollbackIncomplete
            ? await UnwindAsync(stage, Definition[stage].Environment.Name, artifact.Digest, end, cancellationToken)
            : end);
    }

    /// <summary>Takes a release back, wherever it ran: one that is unfinished, or else the newest.</summary>
    /// <param name="only">The artifact to take back; null: the newest. Asked for again, that takes back no other.</param>
    public async Task<StageEnd> RollbackAsync(string by, string reason, ArtifactDigest? only, CancellationToken cancellationToken)
    {
        var all = new List<(string Environment, ReleaseHistory History)>();
        foreach (var environment in Definition.Environments.Reverse()) all.Add((environment.Name, ReleaseHistory.Fold(await _parts.Ledger.ReadAsync(environment.Name, cancellationToken))));

        StageRun? back = null;
        var unfinished = all.Where(h => h.History.Unfinished is { } run && (only is null || run.Digest == only)).OrderByDescending(h => h.History.Unfinished!.LatestAt).Take(1).ToList();
        if (unfinished.Count == 0 && only is null)
        {
            // One release is meant, wherever it went: the one before it is somebody else's wish.
            var newest = all.Select(h => h.History.Newest).OfType<StageRun>().OrderByDescending(r => r.LatestAt).FirstOrDefault();
            if (newest is null) return new(Outcome.InputInvalid, "there is no release to take back: nothing was released here yet");

            // Taken back in one environment is not taken back in all: each is asked.
            (only, back) = (newest.Digest, newest.Release.State is ReleaseState.RolledBack ? newest : null);
        }

        foreach (var (environment, history) in unfinished.Count > 0 ? unfinished : all)
        {
            // What somebody has named is never taken for another one that is under way there: then that is in the way, and says so.
            if ((unfinished.Count > 0 ? history.Unfinished : history.NewestOf(only!.Value)) is not { } run) continue;
            var because = $"{by}{Outcomes.AskedFor}{run.Plan.Release} back: {reason}";
            if (await _runner.TakeBackAsync(environment, run.Digest, because, until: null, cancellationToken) is not { } end) continue;

            return Told(end.Outcome is Outcome.RolledBack or Outcome.RollbackIncomplete
                ? await UnwindAsync(run.Plan.Stage, environment, run.Digest, end, cancellationToken)
                : end);
        }

        return back is not null
            ? new(Outcome.InputInvalid, $"{back.Plan.Release}, the newest release, is taken back already{Further(all)}")
            : new(Outcome.InputInvalid,
                $"there is nothing to take back of {only!.Value.Brief}: it is unfinished nowhere, and nowhere the newest over an earlier version{Further(all)}");
    }

    private static string Further(IEnumerable<(string Environment, ReleaseHistory History)> all) => all.Select(h => h.History.Standing).OfType<StageRun>().FirstOrDefault(r => r.Plan.Before.Any(b => b.Baseline is not null)) is { } standing
        ? $". To go further back, name what was delivered before: --release {standing.Plan.Release}"
        : "";

    /// <summary>Judges what runs in an environment now, without changing it and without a ledger entry of its own.</summary>
    public async Task<StageEnd> JudgeAsync(string environment, CancellationToken cancellationToken)
    {
        if (Definition.Stages.LastOrDefault(s => s.Environment.Name == environment && s.Stage != Stage.UpgradeDowngradeTest) is not { } stage)
        {
            return NoEnvironment(environment);
        }

        var seen = await _parts.Platform.ObserveAsync(environment, cancellationToken);
        if (seen is not ObserveResult.Observed { Environment: var now }) return new(Outcome.PlatformUnknown, ((ObserveResult.Unreachable)seen).Because);
        if (now.Regions.SelectMany(r => r.Versions).MaxBy(v => v.Share) is not { } serving) return new(Outcome.PolicyRefused, $"nothing runs in {environment}");

        var artifact = (await Catalog.FindAsync(serving.Digest, cancellationToken))?.Artifact ?? new(Definition.Service, "unknown", serving.Digest);
        var judgement = await _parts.Engine().JudgeAsync(PlanBuilder.Judge(Definition, stage.Stage, artifact, StageRunner.ReleaseName(artifact)), cancellationToken);
        return judgement.Verdict switch
        {
            Verdict.Healthy => new(Outcome.Released, judgement.Because),
            Verdict.Unhealthy => new(Outcome.Stopped, judgement.Because),
            _ => new(Outcome.Held, judgement.Because),
        };
    }

    /// <summary>Measures the instances that run in an environment for a while, and proposes the gate's tolerance and dispersion. Changes nothing.</summary>
    /// <param name="duration">For example <c>10m</c>.</param>
    /// <param name="say">Told how far it is.</param>
    public Task<StageEnd> CalibrateAsync(string environment, string duration, Action<string> say, CancellationToken cancellationToken) =>
        Definition.Environments.Any(e => e.Name == environment)
            ? new Calibrator(_parts.Platform, _parts.Traffic, _parts.Time).CalibrateAsync(environment, Definition.Service, duration, say, cancellationToken)
            : Task.FromResult(NoEnvironment(environment));

    /// <summary>What was compared, window by window, with the conclusion in words first.</summary>
    /// <param name="release">A release's name or the begin of its digest; null: the newest.</param>
    public async Task<(StageEnd End, IReadOnlyList<string> Lines)> ExplainAsync(string? release, CancellationToken cancellationToken)
    {
        var lines = await new ComparisonHistory(Definition, Ledger).ExplainAsync(release, cancellationToken);
        return (lines.Count > 0 ? new(Outcome.Released, "") : Unrecorded(release), lines);
    }

    /// <summary>Judges what was recorded of a release again, with the gates that are configured now. Changes nothing.</summary>
    public async Task<(StageEnd End, IReadOnlyList<string> Lines)> ReplayAsync(string release, CancellationToken cancellationToken)
    {
        var lines = await new ComparisonHistory(Definition, Ledger).ReplayAsync(release, cancellationToken);
        return (lines.Count > 0 ? new(Outcome.Released, "") : Unrecorded(release), lines);
    }

    /// <summary>Lets a shadow gate decide from now on.</summary>
    public async Task<StageEnd> PromoteGateAsync(string gate, string by, string reason, CancellationToken cancellationToken) =>
        await new ComparisonHistory(Definition, Ledger).PromoteAsync(gate, by, reason, cancellationToken) is { } done
            ? new(Outcome.Released, done)
            : new(Outcome.InputInvalid, $"no stage has a shadow gate '{gate}'; there are: {string.Join(", ", Definition.Stages.Select(s => s.Comparison?.Shadow?.Name).OfType<string>().Distinct().DefaultIfEmpty("none"))}");

    private static StageEnd Unrecorded(string? release) => new(
        Outcome.InputInvalid,
        release is null ? "nothing was compared yet: comparisons begin where a version runs already" : $"nothing was recorded of '{release}'; Status lists the releases");

    /// <summary>What runs, and the history of every environment that is released to.</summary>
    public async Task<IReadOnlyList<(DeploymentEnvironment Environment, ObserveResult Seen, ReleaseHistory History)>> StatusAsync(CancellationToken cancellationToken)
    {
        var all = new List<(DeploymentEnvironment, ObserveResult, ReleaseHistory)>();
        foreach (var environment in Definition.Environments.Where(e => !e.Watched))
        {
            all.Add((
                environment,
                await _parts.Platform.ObserveAsync(environment.Name, cancellationToken),
                ReleaseHistory.Fold(await _parts.Ledger.ReadAsync(environment.Name, cancellationToken))));
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        (_parts.Progress as IDisposable)?.Dispose();
        await _parts.Ledger.DisposeAsync();
        if (_parts.Platform is IAsyncDisposable platform) await platform.DisposeAsync();
    }

    /// <summary>What was done to protect users though it could not be recorded is said with its end.</summary>
    private StageEnd Told(StageEnd end) =>
        _parts.Ledger is LateLedger { Unrecorded: { } words }
            ? end with { Because = $"{end.Because}{Environment.NewLine}{words}" }
            : end;

    private StageEnd NoEnvironment(string asked) =>
        new(Outcome.InputInvalid, $"there is no environment '{asked}'; there are: {string.Join(", ", Definition.Environments.Select(e => e.Name))}");

    private async Task<StageEnd> UnwindAsync(Stage stage, string environment, ArtifactDigest digest, StageEnd end, CancellationToken cancellationToken)
    {
        // Told again, it takes back no more than it did: what a person has let on since then stays.
        var until = end.Recorded ? end.Run?.LatestAt : null;
        var taken = await new Unwinder(Definition, _runner).UnwindAsync(stage, environment, digest, end.Because, until, cancellationToken);
        return taken.FirstOrDefault(t => t.Outcome != Outcome.RolledBack) is { } left
            ? end with { Outcome = Outcome.RollbackIncomplete, Because = $"{end.Because}; {Outcomes.BeforeIt}: {left.Because}" }
            : end;
    }
}
