using Nuke.Common;

namespace Tidegate.Components;

/// <summary>For people.</summary>
public interface IOperate : IHazDelivery
{
    Target Status => _ => _
        .Description("What runs where at what share, and where releases stand")
        .Executes(() => Delivery.Of(this).StatusAsync());

    Target Explain => _ => _
        .Description("Why the gate said what it said: the newest comparison, or that of --release, window by window")
        .Executes(() => Delivery.Of(this).ExplainAsync());

    Target Rollback => _ => _
        .Description("Take the newest release back, in production and before it; needs --reason")
        .Executes(() => Delivery.Of(this).RollbackAsync());

    Target LocalDown => _ => _
        .Description("Stop the embedded platform and everything it runs; the ledger stays")
        .Executes(() => Delivery.Of(this).LocalDownAsync());
}
