using Tidegate.Engine;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary>The production profile on a virtual clock: how long a healthy release really takes.</summary>
public sealed class ProductionPaceTests
{
    [Fact]
    public async Task A_healthy_canary_is_let_on_by_evidence_before_its_fixed_bake_would_be_over()
    {
        var loaded = Configuration.Delivery.Loaded(DeliveryConfiguration.Load(Configuration.Delivery.OwnFile, "production"));
        var parts = DryRun.Parts(loaded.Definition, loaded.Topology.Endpoints, 1, Some.Noon, _ => new Silent());
        var seen = ((ObserveResult.Observed)await parts.Platform.ObserveAsync("production", TestContext.Current.CancellationToken)).Environment;
        var plan = PlanBuilder.Build(loaded.Definition, Stage.Canary, DryRun.Candidate(loaded.Definition), "orders-1", seen);
        var journal = new ReleaseJournal(parts.Ledger, "production", 0);
        await journal.AppendAsync(new LedgerFact.Planned(plan, "asked for"));

        var release = await parts.Engine().RunAsync(Release.Begin(plan), journal, resumed: false, TestContext.Current.CancellationToken);

        release.State.ShouldBeOfType<ReleaseState.Delivered>();
        (parts.Time.GetUtcNow() - Some.Noon).ShouldBeLessThan(loaded.Definition[Stage.Canary].Bake.First);
    }
}
