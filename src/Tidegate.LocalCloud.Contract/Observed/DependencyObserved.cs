namespace Tidegate.LocalCloud.Contract;

/// <summary>A downstream service that runs beside the instances.</summary>
/// <param name="Digest">Whose own copy it is, or null when all versions share it.</param>
/// <param name="On">False when it was switched off, here or in the artifact.</param>
/// <param name="Ready">It answers that it is healthy.</param>
public sealed record DependencyObserved(string Name, DependencySharing Sharing, string? Digest, bool On, bool Ready, InstanceObserved? Instance);
