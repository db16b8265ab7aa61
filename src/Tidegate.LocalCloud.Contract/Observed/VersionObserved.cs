namespace Tidegate.LocalCloud.Contract;

/// <param name="Weight">In effect at the edge, in hundredths of a percent; not what is desired.</param>
public sealed record VersionObserved(string Digest, int Weight, IReadOnlyList<InstanceObserved> Instances);
