using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.Testing;
using Repository = Tidegate.Delivery.Tests.Configuration.Delivery;

namespace Tidegate.Delivery.Tests.Reports;

/// <summary>Releases of a sample pipeline by the real engine, on a simulated platform and a virtual clock.</summary>
internal sealed class Rehearsal
{
    public static readonly ReleaseArtifact Old = Some.Artifact("1.0.0");
    public static readonly ReleaseArtifact New = Some.Artifact("1.1.0");

    private readonly PipelineDefinition _pipeline;

    public Rehearsal()
    {
        var loaded = Repository.Loaded(Repository.Parse(Repository.Text));
        _pipeline = loaded.Definition;
        Platform = new SimulatedPlatform(_pipeline.Environments, loaded.Topology.Endpoints, Time, seed: 1);
        Ledger = new MemoryLedger(Time);
        foreach (var environment in _pipeline.Environments.Where(e => !e.Ephemeral)) Platform.Seed(environment.Name, Old.Digest);
    }

    public VirtualTime Time { get; } = new(Some.Noon);

    public SimulatedPlatform Platform { get; }

    private MemoryLedger Ledger { get; }

    public async Task<Release> RunAsync(Stage stage, IReleaseProgress progress)
    {
        var environment = _pipeline[stage].Environment.Name;
        var seen = (ObserveResult.Observed)await Platform.ObserveAsync(environment, CancellationToken.None);
        var plan = PlanBuilder.Build(_pipeline, stage, New, "orders-1", seen.Environment) with { Configuration = "sha256:of-the-configuration" };
        var history = ReleaseHistory.Fold(await RecordsAsync(environment));
        var journal = new ReleaseJournal(Ledger, environment, history.Sequence);
        await journal.AppendAsync(new LedgerFact.Planned(plan, "asked for"));
        var engine = new ReleaseEngine(Platform, Platform, [new ObservationSource(), new SimulatedSignals(Platform)], progress, Time);
        return await engine.RunAsync(Release.Begin(plan), journal, resumed: false, CancellationToken.None);
    }

    public Task<IReadOnlyList<LedgerRecord>> RecordsAsync(string environment) => Ledger.ReadAsync(environment, CancellationToken.None);

    public async Task<IReadOnlyList<(DeploymentEnvironment Environment, ObserveResult Seen, ReleaseHistory History)>> StatusAsync()
    {
        var all = new List<(DeploymentEnvironment, ObserveResult, ReleaseHistory)>();
        foreach (var environment in _pipeline.Environments)
        {
            all.Add((environment, await Platform.ObserveAsync(environment.Name, CancellationToken.None), ReleaseHistory.Fold(await RecordsAsync(environment.Name))));
        }

        return all;
    }

    /// <summary>Digests as people's words, so that an approved text does not change with them.</summary>
    public static string Named(string text) => text
        .Replace(New.Digest.ToString(), "sha256:NEW", StringComparison.Ordinal).Replace(New.Digest.Brief, "NEWNEWNEWNEW", StringComparison.Ordinal)
        .Replace(Old.Digest.ToString(), "sha256:OLD", StringComparison.Ordinal).Replace(Old.Digest.Brief, "OLDOLDOLDOLD", StringComparison.Ordinal);
}
