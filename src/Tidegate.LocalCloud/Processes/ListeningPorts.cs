using System.Globalization;

namespace Tidegate.LocalCloud.Processes;

/// <summary>On which TCP ports a process listens: where one is that cannot be reached where it was told to
/// be.</summary>
internal static class ListeningPorts
{
    private const string Listening = "0A";

    private static readonly string[] Tables = ["tcp", "tcp6"];

    /// <returns>None also where the kernel does not tell.</returns>
    public static IReadOnlyList<int> Of(int pid)
    {
        try
        {
            var own = Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd")
                .Select(f => new FileInfo(f).LinkTarget).OfType<string>().ToHashSet(StringComparer.Ordinal);
            return [.. Tables.SelectMany(t => File.ReadLines($"/proc/{pid}/net/{t}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(f => f.Length > 9 && f[3] == Listening && own.Contains($"socket:[{f[9]}]"))
                .Select(f => int.Parse(f[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                .Distinct()
                .Order()];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
