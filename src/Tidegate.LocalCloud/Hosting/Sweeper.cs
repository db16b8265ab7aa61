using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;
using Tidegate.LocalCloud.State;

namespace Tidegate.LocalCloud.Hosting;

/// <summary>Ends what a killed cloud left running, without starting one.</summary>
internal static class Sweeper
{
    /// <summary>A cloud that was cut off from its sockets sees it within seconds, and then ends what it runs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    public static async Task<int> SweepAsync(CloudPlaces places, bool forget, TimeProvider time)
    {
        places.Ensure();
        var start = time.GetTimestamp();
        var held = FileLock.TryTake(places.Lock);
        while (held is null && !File.Exists(places.ControlSocket) && time.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(LookEvery, time, CancellationToken.None);
            held = FileLock.TryTake(places.Lock);
        }

        using var kept = held;
        if (held is null)
        {
            var holder = Holder(places) is { } pid ? $"process {pid}" : "unknown process";
            await Console.Error.WriteLineAsync($"A cloud ({holder}) runs and holds {places.Lock}: it must be told to end, if need be by SIGTERM.");
            return CloudHost.Taken;
        }

        var ended = new Leftovers(places.State).Kill(_ => true);
        if (forget) new CloudFiles(places).RemoveAll();
        await Console.Out.WriteLineAsync($"Ended {ended} processes that were left over.");
        return 0;
    }

    /// <summary>The process that serves this state folder, by its arguments; null when none is seen.</summary>
    private static int? Holder(CloudPlaces places) =>
        ProcFs.All().Where(pid => ProcFs.Arguments(pid) is var all && all.Contains("--serve") && all.Contains(places.State)).Select(pid => (int?)pid).FirstOrDefault();
}
