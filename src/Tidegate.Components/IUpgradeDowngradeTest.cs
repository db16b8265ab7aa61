using Nuke.Common;

namespace Tidegate.Components;

/// <summary>Proof that the release can be taken back, before production sees it.</summary>
public interface IUpgradeDowngradeTest : IHazDelivery
{
    Target UpgradeDowngradeTest => _ => _
        .Description("In gamma: half up, all up, half down, all down; data of each version read by the other")
        .TryDependsOn<IDeployBeta>(x => x.DeployBeta)
        .Executes(() => Delivery.Of(this).ReleaseAsync(Stage.UpgradeDowngradeTest));
}
