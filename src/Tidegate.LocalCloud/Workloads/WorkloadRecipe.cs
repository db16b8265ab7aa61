using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;
using Tidegate.LocalCloud.State;

namespace Tidegate.LocalCloud.Workloads;

/// <summary>How one workload is started: from a verified copy of its artifact, with no shell and only the environment
/// it needs.</summary>
/// <param name="Dependency">Its name in the artifact's manifest, or null for the service itself.</param>
/// <param name="Health">Where it tells how it is, and what its answers hold then.</param>
/// <param name="Copy">Where its copy of the artifact lies while it runs.</param>
/// <param name="Work">Its working folder: private, writable, and gone with the instance.</param>
internal sealed record WorkloadRecipe(
    string Artifact,
    string Digest,
    string? Dependency,
    HealthPaths Health,
    string Copy,
    string Work,
    string Log,
    IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>Lays out what it is started from.</summary>
    /// <exception cref="InvalidDataException">The artifact's bytes are not those of its digest.</exception>
    public void Prepare(Artifacts artifacts)
    {
        artifacts.CopyVerified(Artifact, Digest, Copy);
        OwnFolder.Make(Work);
    }

    /// <exception cref="InvalidDataException">The program is not there.</exception>
    public Spawn Spawn(string socket)
    {
        var environment = WorkEnvironment.Clean();
        foreach (var (name, value) in Variables) environment[name] = value;
        environment["ASPNETCORE_URLS"] = "http://unix:" + socket;
        environment["TIDEGATE_SOCKET"] = socket;
        environment["TIDEGATE_ARTIFACT"] = Copy;
        environment["ASPNETCORE_CONTENTROOT"] = environment["DOTNET_CONTENTROOT"] = Copy;

        OwnFolder.MakeFor(Log);
        OwnFolder.MakeFor(socket);
        File.Delete(socket);

        // Read from the copy: what was verified says how it is run.
        var manifest = ServiceManifest.Read(Copy);
        var run = Dependency is null ? manifest.Run : manifest.Dependencies.Single(d => d.Name == Dependency).Run;
        IReadOnlyList<string> arguments = [.. run.Skip(1).Select(a => ProgramPath.Argument(a, Copy))];
        return new Spawn(ProgramPath.Find(run[0], Copy), arguments, environment, Work, Log, Close: []);
    }

    public void RemoveCopy() => Remove(Copy);

    public void RemoveAll()
    {
        Remove(Copy);
        Remove(Work);
    }

    private static void Remove(string folder)
    {
        try
        {
            Artifacts.Remove(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Whoever keeps house removes it later.
        }
    }
}
