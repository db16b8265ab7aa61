using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;
using Tidegate.LocalCloud.State;

namespace Tidegate.LocalCloud.Control;

/// <summary>Whether a version can be started from where it is said to lie.</summary>
internal static class BytesCheck
{
    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(VersionDesired version, Artifacts artifacts)
    {
        try
        {
            var manifest = ServiceManifest.Read(version.ArtifactPath);
            foreach (var run in manifest.Dependencies.Select(d => d.Run).Append(manifest.Run))
            {
                _ = ProgramPath.Find(run[0], version.ArtifactPath);
            }

            artifacts.Verify(version.ArtifactPath, version.Digest);
            return null;
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return $"{version.Digest}: {problem.Message}";
        }
    }
}
