using Tidegate.LocalCloud.Processes;
using Tidegate.LocalCloud.State;

namespace Tidegate.LocalCloud.Workloads;

/// <summary>How one workload is started: from the artifact's manifest, with no shell and only the environment it needs.</summary>
internal sealed record WorkloadRecipe(IReadOnlyList<string> Run, string ReadyPath, string Folder, string Log, IReadOnlyDictionary<string, string> Variables)
{
    /// <exception cref="InvalidDataException">The program is not there.</exception>
    public Spawn Spawn(string socket)
    {
        var environment = WorkEnvironment.Clean();
        foreach (var (name, value) in Variables) environment[name] = value;
        environment["ASPNETCORE_URLS"] = "http://unix:" + socket;

        OwnFolder.MakeFor(Log);
        OwnFolder.MakeFor(socket);
        File.Delete(socket);
        return new Spawn(ProgramPath.Find(Run[0], Folder), [.. Run.Skip(1)], environment, Folder, Log, Close: []);
    }
}
