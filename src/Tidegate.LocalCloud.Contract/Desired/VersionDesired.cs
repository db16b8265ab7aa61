namespace Tidegate.LocalCloud.Contract;

/// <param name="Digest"><c>sha256:</c> and 64 hex digits.</param>
/// <param name="ArtifactPath">Absolute path of a folder with a <c>service.json</c>; it must stay while the version runs.</param>
/// <param name="Instances">1 to 100.</param>
/// <param name="Weight">Share of the region's requests in hundredths of a percent, 0 to 10 000.</param>
public sealed record VersionDesired(string Digest, string ArtifactPath, int Instances, int Weight);
