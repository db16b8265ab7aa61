using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.State;

namespace Tidegate.LocalCloud.Hosting;

/// <summary>Removes what processes ran from and worked in, when a killed cloud could not.</summary>
internal static class FolderKeeper
{
    /// <param name="present">Tells the ids of instances and dependencies that are there. Asked after looking: whoever
    /// has a folder by then was there before.</param>
    public static void Keep(CloudPlaces places, Func<IReadOnlySet<string>> present)
    {
        try
        {
            var folders = new[] { CloudFiles.Copies, CloudFiles.Work }
                .Select(k => new DirectoryInfo(Path.Combine(places.State, k))).Where(k => k.Exists)
                .SelectMany(k => k.EnumerateDirectories())
                .SelectMany(e => e.EnumerateDirectories())
                .SelectMany(r => r.EnumerateDirectories())
                .ToList();
            if (folders.Count == 0) return;

            var held = present();
            foreach (var left in folders.Where(f => !held.Contains(f.Name))) Artifacts.Remove(left.FullName);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // An environment was deleted meanwhile, or something is in the way; it is tried again.
        }
    }
}
