using System.Text;

namespace Tidegate.LocalCloud.Processes;

/// <summary>The file that a process writes to by itself. It is kept small from outside.</summary>
internal static class OutputLog
{
    /// <summary>A file above this size is put aside once and begun anew: at most twice this per process.</summary>
    public const long Cap = 1024 * 1024;

    public const int MostLines = 200;

    private const int TailBytes = 64 * 1024;

    /// <summary>The last lines, without control characters.</summary>
    public static IReadOnlyList<string> Tail(string path, int lines)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var from = Math.Max(0, file.Length - TailBytes);
            file.Seek(from, SeekOrigin.Begin);
            var bytes = new byte[TailBytes];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var all = Encoding.UTF8.GetString(bytes, 0, read).Split('\n').Select(Printable).Where(l => l.Length > 0).ToList();
            if (from > 0 && all.Count > 0) all.RemoveAt(0);
            return [.. all.TakeLast(Math.Min(lines, MostLines))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>The writer appends, so it goes on at the beginning of the emptied file. Lines of that instant may be lost.</summary>
    public static void Trim(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > Cap }) return;

            File.Copy(path, path + ".1", overwrite: true);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.SetLength(0);
        }
        catch (IOException)
        {
            // It is tried again soon, and the disk's owner sees a full disk elsewhere.
        }
    }

    public static void Remove(string path)
    {
        File.Delete(path);
        File.Delete(path + ".1");
    }

    private static string Printable(string line) => new([.. line.Where(c => !char.IsControl(c) || c == '\t')]);
}
