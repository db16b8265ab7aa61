using System.Globalization;
using Tidegate.Ledger;

namespace Tidegate.Pipeline;

/// <summary>Where artifacts lie, by digest. A folder is complete or absent; its bytes are checked against its name before each release.</summary>
/// <remarks>Nothing that was stored is ever changed or removed here: it may run. A whole copy of a damaged one lies
/// beside it, and is what is used from then on.</remarks>
/// <param name="folder">For example <c>.tidegate/artifacts</c>.</param>
public sealed class ArtifactStore(string folder)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The copy whose bytes match; where none does, the one that was stored first.</summary>
    public string PathOf(ArtifactDigest digest) =>
        Copies(digest).FirstOrDefault(c => WrongIn(c, digest) is null) ?? Path.Combine(folder, digest.Hex);

    /// <summary>A folder to make an artifact in, beside the others so that moving it is one rename.</summary>
    /// <exception cref="ArtifactRefusedException">Others could change what lies here.</exception>
    public string Workshop()
    {
        Make(folder);
        if (Exposed(folder) is { } exposed)
        {
            throw new ArtifactRefusedException([ArtifactProblem.Open(folder, $"{exposed}.")]);
        }

        var workshop = Path.Combine(folder, $"making-{Environment.ProcessId}");
        if (Directory.Exists(workshop)) Remove(workshop);
        return Make(workshop);
    }

    /// <summary>Takes what was made, and closes it to every writer. The same content twice is the same artifact, and
    /// the second copy is dropped.</summary>
    /// <exception cref="ArtifactRefusedException">It holds what no artifact may.</exception>
    public ArtifactDigest Take(string workshop)
    {
        var listing = ArtifactContent.Listing(workshop);
        var digest = ArtifactContent.DigestOf(listing);
        if (Holds(digest))
        {
            Remove(workshop);
            return digest;
        }

        SetModes(workshop, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, closed: true);
        File.WriteAllText(ListingOf(digest), listing);
        MoveBeside(workshop, digest);
        return digest;
    }

    /// <summary>The artifact is there and its bytes are the ones that its digest names.</summary>
    public bool Holds(ArtifactDigest digest) => Wrong(digest) is null;

    /// <summary>Why it cannot be used, in words that follow "the artifact …"; null: it can.</summary>
    public string? Wrong(ArtifactDigest digest)
    {
        string? first = null;
        foreach (var copy in Copies(digest))
        {
            if (WrongIn(copy, digest) is not { } wrong) return null;
            first ??= wrong;
        }

        return first ?? "is not in the store";
    }

    /// <summary>Removes a folder of the store, whatever its modes.</summary>
    public static void Remove(string stored)
    {
        SetModes(stored, UnixFileMode.UserRead | UnixFileMode.UserWrite, closed: false);
        Directory.Delete(stored, recursive: true);
    }

    private static string Make(string path) =>
        (OperatingSystem.IsWindows() || Directory.Exists(path)
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, Private)).FullName;

    private static string? Exposed(string path)
    {
        if (FileFacts.Of(path) is not { } facts) return "is gone";
        if (facts.Kind != FileKind.Folder) return "is no folder";
        if (facts.Owner is { } owner && owner != Posix.Me) return $"belongs to user {owner}";
        return facts.IsOwn ? null : "may be written by others";
    }

    private static void SetModes(string path, UnixFileMode mode, bool closed)
    {
        if (OperatingSystem.IsWindows()) return;

        var run = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var folders = new List<string> { path };
        if (!closed) File.SetUnixFileMode(path, Private);
        for (var i = 0; i < folders.Count; i++)
        {
            foreach (var entry in new DirectoryInfo(folders[i]).EnumerateFileSystemInfos()
                .Where(e => e.LinkTarget is null).ToList())
            {
                if (entry is not DirectoryInfo)
                {
                    File.SetUnixFileMode(entry.FullName,
                        mode | ((entry.UnixFileMode & UnixFileMode.UserExecute) != 0 ? run : 0));
                }
                else
                {
                    folders.Add(entry.FullName);
                    if (!closed) File.SetUnixFileMode(entry.FullName, Private);
                }
            }
        }

        if (!closed) return;
        foreach (var each in folders) File.SetUnixFileMode(each, mode | run);
    }

    private string ListingOf(ArtifactDigest digest) => Path.Combine(folder, $"{digest.Hex}.list");

    private string CopyOf(ArtifactDigest digest, int number) =>
        Path.Combine(folder, digest.Hex + (number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $".{number}")));

    private IEnumerable<string> Copies(ArtifactDigest digest) => !Directory.Exists(folder) ? [] : Directory
        .EnumerateDirectories(folder, digest.Hex + "*")
        .OrderBy(c => c.Length).ThenBy(c => c, StringComparer.Ordinal);

    /// <summary>Another build may store the same meanwhile: then this copy lies beside that one.</summary>
    private void MoveBeside(string workshop, ArtifactDigest digest)
    {
        for (var number = 1; ; number++)
        {
            var to = CopyOf(digest, number);
            if (Path.Exists(to)) continue;
            try
            {
                Directory.Move(workshop, to);
                return;
            }
            catch (IOException) when (Path.Exists(to))
            {
                // The next number, then.
            }
        }
    }

    private string? WrongIn(string copy, ArtifactDigest digest)
    {
        try
        {
            if (Exposed(copy) is { } exposed) return $"cannot be trusted: {copy} {exposed}";

            var found = ArtifactContent.Listing(copy);
            if (ArtifactContent.DigestOf(found) == digest) return null;

            var packaged = File.Exists(ListingOf(digest)) ? File.ReadAllText(ListingOf(digest)) : "";
            return ArtifactContent.DigestOf(packaged) == digest
                ? $"is not as it was packaged: in {copy}, {ArtifactDifference.Words(packaged, found)}"
                : $"is not as it was packaged: the bytes in {copy} do not match its digest";
        }
        catch (ArtifactRefusedException refused)
        {
            return $"is not as it was packaged: {refused.Problems[0].Where}: {refused.Problems[0].What.TrimEnd('.')}";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {problem.Message.TrimEnd('.')}";
        }
    }
}
