namespace Tidegate.Components;

/// <summary>The whole pipeline: from Compile to RegionWaves, the gate, and what people need beside it.</summary>
public interface IContinuousDelivery :
    IStaticAnalysis,
    IUnitTest,
    IPackage,
    IDeployAlpha,
    IDeployBeta,
    IUpgradeDowngradeTest,
    IDeployGamma,
    ICanary,
    IRegionWaves,
    IHazHealthGate,
    IOperate;
