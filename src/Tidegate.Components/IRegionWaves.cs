using Nuke.Common;

namespace Tidegate.Components;

/// <summary>Region by region, in waves that grow with confidence.</summary>
public interface IRegionWaves : IHazDelivery
{
    Target RegionWaves => _ => _
        .Description("The rest of production, in growing waves within headroom")
        .TryDependsOn<ICanary>(x => x.Canary)
        .Executes(() => Delivery.Of(this).ReleaseAsync(Stage.RegionWaves));
}
