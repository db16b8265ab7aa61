namespace Tidegate;

/// <summary>Where an artifact comes from: enough to build it again and get the same digest.</summary>
/// <param name="Artifact">What was made.</param>
/// <param name="InputsKey">The key of the inputs; null when the working tree had changes, since then no key names them.</param>
/// <param name="Commit">The commit, or null outside a repository.</param>
/// <param name="Builder">The SDK and the operating system that built it.</param>
/// <param name="Settings">Build settings and release-time settings that went in.</param>
/// <param name="BuiltAt">When.</param>
public sealed record Provenance(
    ReleaseArtifact Artifact,
    string? InputsKey,
    string? Commit,
    string Builder,
    IReadOnlyDictionary<string, string> Settings,
    DateTimeOffset BuiltAt);
