using Nuke.Common;
using Nuke.Components;

namespace Tidegate.Components;

/// <summary>One artifact, built once; every later stage deploys these bytes.</summary>
public interface IPackage : IHazDelivery, IHazSolution, IHazConfiguration
{
    Target Package => _ => _
        .Description("One artifact with its digest and provenance; the same inputs give the same digest")
        .TryDependsOn<ICompile>(x => x.Compile)
        .TryDependsOn<IStaticAnalysis>(x => x.StaticAnalysis)
        .TryDependsOn<IUnitTest>(x => x.UnitTest)
        .OnlyWhenStatic(() => Delivery.Of(this).MustPackage)
        .WhenSkipped(DependencyBehavior.Skip)
        .Executes(() => Delivery.Of(this).PackageAsync(this));
}
