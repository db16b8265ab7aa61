namespace Tidegate.LocalCloud.Contract;

/// <summary>What runs in an environment, as seen at this moment.</summary>
/// <param name="ProbeKey">Lets a request choose its version: see <see cref="CloudProtocol.ProbeHeader"/>. New with each start of the cloud.</param>
public sealed record EnvironmentObserved(string Name, string ProbeKey, IReadOnlyList<RegionObserved> Regions);
