using Tidegate.Ledger;

namespace Tidegate.Pipeline;

/// <summary>Everything that lies in a folder, links not followed, and what of it can be in no artifact.</summary>
/// <param name="Files">Ordinary files, relative to the folder, parts separated by slashes.</param>
internal sealed record ArtifactWalk(IReadOnlyList<string> Files, IReadOnlyList<Problem> Problems)
{
    private const int MostTold = 20;

    // What is hidden or of the system is part of a folder too.
    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public static ArtifactWalk Of(string folder)
    {
        var files = new List<string>();
        var problems = new List<Problem>();
        var open = new Queue<string>([""]);
        while (open.TryDequeue(out var within) && files.Count <= ArtifactContent.MostFiles && problems.Count < MostTold)
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(Path.Combine(folder, within), "*", All))
            {
                var name = within.Length == 0 ? Path.GetFileName(path) : $"{within}/{Path.GetFileName(path)}";
                if (Problem(path, Path.GetFileName(path), Path.Combine(folder, name)) is { } problem)
                {
                    problems.Add(problem);
                }
                else if (FileFacts.Of(path) is { Kind: FileKind.Folder }) open.Enqueue(name);
                else files.Add(name);
                if (files.Count > ArtifactContent.MostFiles || problems.Count >= MostTold) break;
            }
        }

        if (files.Count > ArtifactContent.MostFiles) problems.Add(ArtifactProblem.TooMany(folder));
        return new(files, problems);
    }

    private static Problem? Problem(string path, string name, string told)
    {
        told = Printable.Text(told, 300);
        if (name.Contains('\\', StringComparison.Ordinal)) return ArtifactProblem.Name(told, "a backslash");
        if (name.Any(char.IsControl)) return ArtifactProblem.Name(told, "a control character");
        if (name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return ArtifactProblem.Name(told, "bytes that are no UTF-8");
        }

        return FileFacts.Of(path)?.Kind switch
        {
            FileKind.File or FileKind.Folder => null,
            FileKind.Link => ArtifactProblem.NotOrdinary(told, "a symbolic link"),
            null => ArtifactProblem.NotOrdinary(told, "gone again while it was looked at"),
            _ => ArtifactProblem.NotOrdinary(told, "a pipe, socket or device"),
        };
    }
}
