namespace Tidegate.LocalCloud.Contract;

/// <summary>Starts or stops a dependency in all regions of an environment, until it is switched again.</summary>
public sealed record DependencySwitch(bool On);
