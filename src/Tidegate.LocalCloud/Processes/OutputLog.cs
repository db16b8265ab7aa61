using System.Text;

namespace Tidegate.LocalCloud.Processes;

/// <summary>The file that a process writes to by itself. It is kept small from outside.</summary>
internal static class OutputLog
{
    /// <summary>The end of a file above this size is put aside, as much as this, and the file is begun anew: twice this per process, and what it writes between two looks.</summary>
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

            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Cap, SeekOrigin.End);
            var end = new byte[Cap];
            var read = file.ReadAtLeast(end, end.Length, throwOnEndOfStream: false);

            // Emptied first: it may be what has filled the disk.
            file.SetLength(0);
            using var aside = new FileStream(path + ".1", FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            aside.Write(end, 0, read);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
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
