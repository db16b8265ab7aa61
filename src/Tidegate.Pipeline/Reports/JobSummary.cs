namespace Tidegate.Pipeline.Reports;

/// <summary>The Markdown that GitHub Actions shows beside a job: one file, to which the build host and any target of a build add their own.</summary>
/// <remarks>A release is reported after each stage, so its report replaces the one before, and nothing else.</remarks>
internal static class JobSummary
{
    private const string Begin = "<!-- tidegate: release -->";
    private const string End = "<!-- tidegate: end of release -->";

    /// <summary>What was there, with this report in place of the one before, or behind everything.</summary>
    public static string With(string there, string report)
    {
        var part = $"{Begin}\n{report.TrimEnd()}\n{End}\n";
        var begin = there.IndexOf(Begin, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : there.IndexOf(End, begin, StringComparison.Ordinal);
        if (end < 0) return there.Length == 0 || there.EndsWith('\n') ? there + part : $"{there}\n{part}";

        return there[..begin] + part + there[(end + End.Length)..].TrimStart('\n');
    }
}
