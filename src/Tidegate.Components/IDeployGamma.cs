using Nuke.Common;

namespace Tidegate.Components;

/// <summary>The last place before production, as much like it as can be.</summary>
public interface IDeployGamma : IHazDelivery
{
    Target DeployGamma => _ => _
        .Description("Persistent and production-like, judged by production's signals")
        .TryDependsOn<IUpgradeDowngradeTest>(x => x.UpgradeDowngradeTest)
        .Executes(() => Delivery.Of(this).ReleaseAsync(Stage.DeployGamma));
}
