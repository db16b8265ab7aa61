using Tidegate.LocalCloud.Contract;

namespace Tidegate.Pipeline;

/// <summary>A folder that others have made and that is to be an artifact: looked through as a whole before anything is
/// taken.</summary>
public static class ArtifactFolder
{
    /// <summary>Its manifest.</summary>
    /// <param name="store">Where artifacts lie: a folder that holds it would hold itself.</param>
    /// <exception cref="ArtifactRefusedException">With every reason why it is none.</exception>
    public static ServiceManifest Check(string folder, string store, string service)
    {
        if (Unusable(folder, store) is { } unusable) throw new ArtifactRefusedException([unusable]);

        var walk = ArtifactWalk.Of(folder);
        if (walk.Problems.Count > 0) throw new ArtifactRefusedException(walk.Problems);
        if (walk.Files.Count == 0)
        {
            throw new ArtifactRefusedException(
                [ArtifactProblem.NoFolder(folder, "the folder that is to be released is empty.")]);
        }

        try
        {
            var manifest = ServiceManifest.Read(folder);
            MustBeOf(Path.Combine(folder, ServiceManifest.FileName), manifest, service);
            return manifest;
        }
        catch (InvalidDataException problem)
        {
            throw new ArtifactRefusedException(
                [ArtifactProblem.Manifest(Path.Combine(folder, ServiceManifest.FileName), problem.Message)]);
        }
    }

    /// <exception cref="ArtifactRefusedException">The manifest is another service's.</exception>
    public static void MustBeOf(string where, ServiceManifest manifest, string service)
    {
        if (manifest.Name != service)
        {
            throw new ArtifactRefusedException([ArtifactProblem.OtherService(where, manifest.Name, service)]);
        }
    }

    /// <summary>Copies what was checked.</summary>
    public static void Copy(string folder, string workshop)
    {
        foreach (var file in ArtifactWalk.Of(folder).Files)
        {
            var to = Path.Combine(workshop, file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(folder, file), to);

            // What is added to the copy may replace a file that its maker has closed to writers.
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(to, File.GetUnixFileMode(to) | UnixFileMode.UserWrite);
            }
        }
    }

    /// <summary>The folder inside the artifact in which the service's own program lies: the first of its arguments that
    /// is a file there.</summary>
    /// <exception cref="ArtifactRefusedException">A program leads out of the artifact.</exception>
    public static string OfProgram(ServiceManifest manifest, string workshop)
    {
        var program = manifest.Run.FirstOrDefault(r => !Path.IsPathRooted(r) && File.Exists(Path.Combine(workshop, r)));
        return program is null ? workshop : Path.GetDirectoryName(Inside(program, workshop))!;
    }

    /// <summary>The path of something that the manifest names.</summary>
    /// <exception cref="ArtifactRefusedException">It leads out of the artifact.</exception>
    public static string Inside(string named, string workshop)
    {
        var path = Path.GetFullPath(Path.Combine(workshop, named));
        return path.StartsWith(Path.GetFullPath(workshop) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArtifactRefusedException([ArtifactProblem.LeadsOut(named)]);
    }

    private static Problem? Unusable(string folder, string store)
    {
        if (string.IsNullOrWhiteSpace(folder)) return ArtifactProblem.NoFolder("--artifact", "no folder is named.");
        if (File.Exists(folder)) return ArtifactProblem.NoFolder(folder, "this is a file; a folder is released.");
        if (!Directory.Exists(folder))
        {
            return ArtifactProblem.NoFolder(folder, "the folder that is to be released is not there.");
        }

        var (own, stored) = (Path.GetFullPath(folder).TrimEnd('/') + "/", Path.GetFullPath(store).TrimEnd('/') + "/");
        return stored.StartsWith(own, StringComparison.Ordinal) || own.StartsWith(stored, StringComparison.Ordinal)
            ? ArtifactProblem.NoFolder(folder, $"artifacts are kept in it, or it is kept among them ({store}).")
            : null;
    }
}
