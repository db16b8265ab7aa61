using Tidegate.Ledger;

namespace Tidegate.Pipeline;

/// <summary>Which files of an artifact are not as they were packaged.</summary>
internal static class ArtifactDifference
{
    private const int MostTold = 5;

    /// <param name="packaged">The listing of what was packaged.</param>
    /// <param name="found">Of what is there.</param>
    public static string Words(string packaged, string found)
    {
        var (was, now) = (Files(packaged), Files(found));
        var all = was.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(f => (File: f, Is: Changed(was.GetValueOrDefault(f), now.GetValueOrDefault(f))))
            .Where(f => f.Is is not null)
            .ToList();
        var told = string.Join(", ", all.Take(MostTold).Select(f => $"{Printable.Text(f.File, 200)} {f.Is}"));
        return all.Count > MostTold ? $"{told}, and {all.Count - MostTold} more" : told;
    }

    private static string? Changed(string? was, string? now) => (was, now) switch
    {
        (null, _) => "was added",
        (_, null) => "is missing",
        _ => was == now ? null : "is changed",
    };

    /// <summary>By path: mode and hash.</summary>
    private static Dictionary<string, string> Files(string listing) => listing
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => (
            Line: line,
            Path: line.IndexOf(' ', StringComparison.Ordinal) + 1,
            Hash: line.IndexOf('\0', StringComparison.Ordinal) + 1))
        .ToDictionary(
            l => l.Line[l.Path..(l.Hash - 1)],
            l => l.Line[..l.Path] + l.Line[l.Hash..],
            StringComparer.Ordinal);
}
