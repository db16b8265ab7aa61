using Nuke.Common;

namespace Tidegate.Components;

/// <summary>A persistent environment in which whole journeys are walked.</summary>
public interface IDeployBeta : IHazDelivery
{
    Target DeployBeta => _ => _
        .Description("Persistent; end-to-end journeys")
        .TryDependsOn<IDeployAlpha>(x => x.DeployAlpha)
        .Executes(() => Delivery.Of(this).ReleaseAsync(Stage.DeployBeta));
}
