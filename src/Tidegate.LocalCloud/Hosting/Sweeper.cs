using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;
using Tidegate.LocalCloud.State;

namespace Tidegate.LocalCloud.Hosting;

/// <summary>Ends what a killed cloud left running, without starting one.</summary>
internal static class Sweeper
{
    public static async Task<int> SweepAsync(CloudPlaces places, bool forget)
    {
        places.Ensure();
        using var held = FileLock.TryTake(places.Lock);
        if (held is null)
        {
            await Console.Error.WriteLineAsync($"A cloud runs and holds {places.Lock}: it must be told to end.");
            return CloudHost.Taken;
        }

        var ended = new Leftovers(places.State).Kill(_ => true);
        if (forget) new CloudFiles(places).RemoveAll();
        await Console.Out.WriteLineAsync($"Ended {ended} processes that were left over.");
        return 0;
    }
}
