namespace Tidegate;

/// <summary>What is delivered. Built once; every stage deploys these same bytes.</summary>
/// <param name="Name">The service, for example <c>orders</c>.</param>
/// <param name="Version">A text for people; nothing is decided by it.</param>
/// <param name="Digest">The identity.</param>
public sealed record ReleaseArtifact(string Name, string Version, ArtifactDigest Digest)
{
    public override string ToString() => $"{Name} {Version} ({Digest.Brief})";
}
