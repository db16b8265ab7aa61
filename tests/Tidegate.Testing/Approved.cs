using System.Runtime.CompilerServices;

namespace Tidegate.Testing;

/// <summary>Compares a whole text with the one that was approved: a difference in review shows what a user will see.</summary>
public static class Approved
{
    /// <summary>Fails unless the approved file beside the calling test (<c>Approved/NAME.txt</c>) holds exactly this text.
    /// With TIDEGATE_APPROVE=1 it is written instead, to be reviewed as a change.</summary>
    /// <param name="beside">False: <paramref name="name"/> is the file itself, for example a page of the docs.</param>
    public static void Matches(string name, string text, bool beside = true, [CallerFilePath] string caller = "")
    {
        var file = beside ? Path.Combine(Folder(caller), "Approved", name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-') + ".txt") : name;
        if (Environment.GetEnvironmentVariable("TIDEGATE_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }

        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (approved == text) return;

        var (mine, theirs) = (text.Split('\n'), approved.Split('\n'));
        var line = mine.Zip(theirs).TakeWhile(p => p.First == p.Second).Count();
        throw new ApprovalException(
            $"{Path.GetFileName(file)} line {line + 1} differs from what was approved.\n  approved: {theirs.ElementAtOrDefault(line)}\n  now:      {mine.ElementAtOrDefault(line)}\n"
            + "If the change is meant, run the test with TIDEGATE_APPROVE=1 and review the file's difference.");
    }

    /// <summary>Source paths are mapped to /_/ so that binaries do not depend on the clone.</summary>
    private static string Folder(string caller) =>
        Path.GetDirectoryName(caller.StartsWith("/_/", StringComparison.Ordinal) ? Repository.File(caller[3..]) : caller)!;
}

/// <summary>The text is not the approved one.</summary>
public sealed class ApprovalException(string message) : Exception(message);
