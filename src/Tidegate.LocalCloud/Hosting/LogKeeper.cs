using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Processes;

namespace Tidegate.LocalCloud.Hosting;

/// <summary>Keeps the disk that logs take bounded: size of each, and how many of a region.</summary>
internal static class LogKeeper
{
    /// <summary>Of instances that are no more. Those that are there are as few as was desired.</summary>
    private const int MostOfARegion = 40;

    /// <param name="present">Ids of instances and dependencies that are there: one that has been silent for long writes on into a file that nobody would find.</param>
    public static void Keep(CloudPlaces places, IReadOnlySet<string> present)
    {
        OutputLog.Trim(places.Log);
        var logs = new DirectoryInfo(Path.Combine(places.State, "logs"));
        if (!logs.Exists) return;

        try
        {
            foreach (var region in logs.EnumerateDirectories().SelectMany(e => e.EnumerateDirectories()))
            {
                var all = region.EnumerateFiles("*.log").ToLookup(f => present.Contains(Path.GetFileNameWithoutExtension(f.Name)));
                var newestFirst = all[false].OrderByDescending(f => f.LastWriteTimeUtc).ToList();
                foreach (var log in all[true].Concat(newestFirst.Take(MostOfARegion))) OutputLog.Trim(log.FullName);
                foreach (var old in newestFirst.Skip(MostOfARegion)) OutputLog.Remove(old.FullName);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // An environment was deleted meanwhile.
        }
    }
}
