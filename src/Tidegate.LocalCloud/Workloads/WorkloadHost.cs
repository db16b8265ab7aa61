using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;
using Tidegate.LocalCloud.State;

namespace Tidegate.LocalCloud.Workloads;

/// <summary>What all workloads of a cloud share.</summary>
internal sealed class WorkloadHost(CloudPlaces places, TimeProvider time) : IDisposable
{
    public CloudPlaces Places { get; } = places;

    public TimeProvider Time { get; } = time;

    public Artifacts Artifacts { get; } = new(places);

    public Leftovers Leftovers { get; } = new(places.State);

    /// <summary>Starting is the costly moment of a process: few at once, so that each is within its deadline on a small machine.</summary>
    public SemaphoreSlim StartTurns { get; } = new(Math.Max(2, Environment.ProcessorCount));

    public string SocketFolder { get; } = Path.Combine(places.Run, "i");

    public string LogFile(string environment, string region, string id) =>
        Path.Combine(Places.State, "logs", environment, region, id + ".log");

    public string CopyFolder(string environment, string region, string id) =>
        Path.Combine(Places.State, CloudFiles.Copies, environment, region, id);

    public string WorkFolder(string environment, string region, string id) =>
        Path.Combine(Places.State, CloudFiles.Work, environment, region, id);

    public string DataFolder(string environment, string region) => Path.Combine(Places.State, "data", environment, region);

    public void Dispose() => StartTurns.Dispose();
}
