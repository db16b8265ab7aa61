using Tidegate.Engine.Simulation;
using Tidegate.Testing;

namespace Tidegate.Engine.Tests;

/// <summary>The real engine and machine on a simulated platform, a virtual clock and a ledger in memory.</summary>
internal sealed class Rig
{
    public static readonly ReleaseArtifact Old = Some.Artifact("old");
    public static readonly ReleaseArtifact New = Some.Artifact("new");
    private static readonly string[] Endpoints = ["GET /products", "POST /orders"];

    public Rig(int seed = 1, PipelineDefinition? pipeline = null, double startSeconds = 2, SimulatedWorld? world = null)
    {
        Pipeline = pipeline ?? Some.Pipeline();
        Platform = new SimulatedPlatform(Pipeline.Environments, Endpoints, Time, seed, world)
        {
            StartTime = TimeSpan.FromSeconds(startSeconds),
        };
        Ledger = new MemoryLedger(Time);
        Progress = new RecordingProgress();
    }

    public VirtualTime Time { get; } = new(Some.Noon);

    public PipelineDefinition Pipeline { get; }

    public SimulatedPlatform Platform { get; }

    public MemoryLedger Ledger { get; }

    /// <summary>Who tells what was counted; null: the simulation itself.</summary>
    public ITrafficSource? Traffic { get; set; }

    public RecordingProgress Progress { get; }

    public Rig Running(string environment, ReleaseArtifact artifact)
    {
        Platform.Seed(environment, artifact.Digest);
        return this;
    }

    public Rig With(ReleaseArtifact artifact, SimulatedVersion behaviour)
    {
        Platform.Versions[artifact.Digest] = behaviour;
        return this;
    }

    /// <summary>Releases as a run of the pipeline would: resumes what is unfinished, otherwise plans anew.</summary>
    /// <param name="decision">Somebody decided about what is unfinished; null: the command was called again.</param>
    public async Task<Release> ReleaseAsync(
        Stage stage,
        ReleaseArtifact? artifact = null,
        IPlatform? platform = null,
        ReleaseEvent.Decided? decision = null,
        CancellationToken cancellationToken = default)
    {
        var environment = Pipeline[stage].Environment.Name;
        var history = ReleaseHistory.Fold(await Ledger.ReadAsync(environment, cancellationToken));
        var journal = new ReleaseJournal(Ledger, environment, history.Sequence, history.Unfinished?.Sequence ?? 0);
        var release = history.Unfinished?.Release;
        var resumed = release is not null;
        if (release is null)
        {
            var seen = (ObserveResult.Observed)await Platform.ObserveAsync(environment, cancellationToken);
            var plan = PlanBuilder.Build(
                Pipeline, stage, artifact ?? New, "orders-1", seen.Environment, history.Canary((artifact ?? New).Digest));
            await journal.AppendAsync(new LedgerFact.Planned(plan, "asked for"));
            release = Release.Begin(plan);
        }
        else
        {
            ReleaseEvent again = decision is null ? new ReleaseEvent.Resumed() : decision;
            await journal.AppendAsync(new LedgerFact.Happened(again));
            release = ReleaseMachine.Evolve(release, again);
        }

        return await Engine(platform).RunAsync(release, journal, resumed, cancellationToken);
    }

    /// <summary>What keeps a release from beginning.</summary>
    public async Task<IReadOnlyList<string>> ObstaclesAsync(Stage stage, CancellationToken cancellationToken)
    {
        var seen = (ObserveResult.Observed)await Platform.ObserveAsync(Pipeline[stage].Environment.Name, cancellationToken);
        return await Engine(null).ObstaclesAsync(PlanBuilder.Build(Pipeline, stage, New, "orders-1", seen.Environment), cancellationToken);
    }

    /// <summary>Judges what runs, and changes nothing.</summary>
    public Task<Judgement> JudgeAsync(Stage stage, ReleaseArtifact running, CancellationToken cancellationToken) =>
        Engine(null).JudgeAsync(PlanBuilder.Judge(Pipeline, stage, running, "orders-1"), cancellationToken);

    private ReleaseEngine Engine(IPlatform? platform) => new(platform ?? Platform, Traffic ?? Platform, [new ObservationSource(), new SimulatedSignals(Platform)], Progress, Time);

    /// <summary>All facts about the rollouts of a stage run, in order.</summary>
    /// <param name="planned">The sequence at which it was planned.</param>
    public async Task<IReadOnlyList<LedgerFact>> RolloutAsync(long planned = 1) =>
        [.. (await Ledger.ReadAsync(ComparisonRecord.Stream("production", planned), CancellationToken.None)).Select(r => r.Fact())];

    public async Task<IReadOnlyList<RolloutWindow>> WindowsAsync(long planned = 1) =>
        [.. (await RolloutAsync(planned)).OfType<LedgerFact.RolloutSaw>().Select(s => s.Window)];

    public async Task<string> ServingAsync(string environment)
    {
        var seen = (ObserveResult.Observed)await Platform.ObserveAsync(environment, CancellationToken.None);
        return string.Join("; ", seen.Environment.Regions.Select(r => $"{r.Region}: " + string.Join(" + ", r.Versions.Select(v => $"{v.Ready}×{Name(v.Digest)} at {v.Share}"))));
    }

    public static string Name(ArtifactDigest digest) => digest == Old.Digest ? "old" : digest == New.Digest ? "new" : digest.Brief;
}

internal sealed class RecordingProgress : IReleaseProgress
{
    public List<ReleaseProgress> Reports { get; } = [];

    public IEnumerable<ReleaseProgress.Looked> Looks => Reports.OfType<ReleaseProgress.Looked>();

    /// <summary>What a test wants to happen when something is reported.</summary>
    public Action<ReleaseProgress>? On { get; set; }

    public void Report(ReleaseProgress what)
    {
        Reports.Add(what);
        On?.Invoke(what);
    }
}
