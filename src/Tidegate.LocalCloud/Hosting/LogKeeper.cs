using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;

namespace Tidegate.LocalCloud.Hosting;

/// <summary>Keeps the disk that logs take bounded: size of each, and how many of a region.</summary>
internal static class LogKeeper
{
    private const int MostOfARegion = 40;

    public static void Keep(CloudPlaces places)
    {
        OutputLog.Trim(places.Log);
        var logs = new DirectoryInfo(Path.Combine(places.State, "logs"));
        if (!logs.Exists) return;

        try
        {
            foreach (var region in logs.EnumerateDirectories().SelectMany(e => e.EnumerateDirectories()))
            {
                var newestFirst = region.EnumerateFiles("*.log").OrderByDescending(f => f.LastWriteTimeUtc).ToList();
                foreach (var log in newestFirst.Take(MostOfARegion)) OutputLog.Trim(log.FullName);
                foreach (var old in newestFirst.Skip(MostOfARegion)) OutputLog.Remove(old.FullName);
            }
        }
        catch (IOException)
        {
            // An environment was deleted meanwhile.
        }
    }
}
