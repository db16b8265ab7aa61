using Nuke.Common;

namespace Tidegate.Components;

/// <summary>The first users: few, and watched closely.</summary>
public interface ICanary : IHazDelivery
{
    Target Canary => _ => _
        .Description("A few production instances in the region with least traffic")
        .TryDependsOn<IDeployGamma>(x => x.DeployGamma)
        .Executes(() => Delivery.Of(this).ReleaseAsync(Stage.Canary));
}
