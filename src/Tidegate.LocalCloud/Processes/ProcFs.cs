using System.Globalization;
using System.Text;

namespace Tidegate.LocalCloud.Processes;

/// <summary>What the kernel tells of processes. A process that is gone, or another user's, reads as null.</summary>
/// <remarks>Where the kernel does not answer at all, as when this process has no descriptor left, that is an <see cref="IOException"/>: it says nothing about the process.</remarks>
internal static class ProcFs
{
    /// <summary>State letter, start in clock ticks since boot, resident bytes.</summary>
    public static ProcessLook? Look(int pid)
    {
        if (Read($"/proc/{pid}/stat") is not { Length: > 0 } bytes) return null;

        // The name in parentheses may hold anything, so everything is counted from its end.
        var text = Encoding.UTF8.GetString(bytes);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessLook(
            fields[0][0],
            long.Parse(fields[19], CultureInfo.InvariantCulture),
            long.Parse(fields[21], CultureInfo.InvariantCulture) * Environment.SystemPageSize);
    }

    /// <summary>A variable that the process was started with.</summary>
    public static string? Variable(int pid, string name)
    {
        if (Read($"/proc/{pid}/environ") is not { } bytes) return null;

        var prefix = name + "=";
        return Encoding.UTF8.GetString(bytes).Split('\0').FirstOrDefault(v => v.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }

    /// <summary>What the process was started with, its program first.</summary>
    public static IReadOnlyList<string> Arguments(int pid) =>
        Read($"/proc/{pid}/cmdline") is { } bytes ? Encoding.UTF8.GetString(bytes).Split('\0') : [];

    public static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(n => n!.All(char.IsAsciiDigit))
            .Select(n => int.Parse(n!, CultureInfo.InvariantCulture));

    /// <summary>Descriptors above the standard ones that this process was given by whoever started it: its own are closed by exec.</summary>
    public static IReadOnlyList<int> Inherited()
    {
        const int closeOnExec = 0x80000;
        return [.. Directory.EnumerateFiles("/proc/self/fdinfo")
            .Select(f => (Descriptor: int.Parse(Path.GetFileName(f), CultureInfo.InvariantCulture), Info: Read(f)))
            .Where(f => f.Descriptor > 2 && f.Info is not null && (Flags(f.Info) & closeOnExec) == 0)
            .Select(f => f.Descriptor)];
    }

    private static int Flags(byte[] info)
    {
        const string label = "flags:";
        var line = Encoding.UTF8.GetString(info).Split('\n').FirstOrDefault(l => l.StartsWith(label, StringComparison.Ordinal));
        return line is null ? 0 : Convert.ToInt32(line[label.Length..].Trim(), fromBase: 8);
    }

    private static byte[]? Read(string path)
    {
        const int noSuchProcess = 3; // it ended between opening and reading
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException || gone.HResult == noSuchProcess)
        {
            return null;
        }
    }
}

/// <param name="StartTicks">With the id it names a process for good: ids are used again, both together are not.</param>
internal sealed record ProcessLook(char State, long StartTicks, long ResidentBytes)
{
    public bool IsZombie => State is 'Z' or 'X';
}
