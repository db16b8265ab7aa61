using Nuke.Common;

namespace Tidegate.Components;

/// <summary>The first place an artifact runs in: does it start, does it answer.</summary>
public interface IDeployAlpha : IHazDelivery
{
    Target DeployAlpha => _ => _
        .Description("Made from scratch for this artifact, smoke-tested, removed")
        .TryDependsOn<IPackage>(x => x.Package)
        .Executes(() => Delivery.Of(this).ReleaseAsync(Stage.DeployAlpha));
}
