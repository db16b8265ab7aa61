using System.Globalization;
using System.Text;

namespace Tidegate.Ledger;

/// <summary>Each stream's head once more, in a file of its own beside the ledger. It shows what the ledger's file cannot: that it is an
/// older copy, that its write-ahead log was deleted, or that it is gone.</summary>
/// <remarks>Written after the commit. So it may lag behind after a kill, and is never ahead of a ledger that lost nothing.</remarks>
internal sealed class HeadMirror(string ledger, string folder)
{
    // Of one length always, so that writing is one overwrite in place: never longer, never cut.
    private const int Length = 19 + 1 + 64 + 1;

    public StreamHead Read(string stream)
    {
        var path = Path(stream);
        if (FileFacts.Of(path) is not { } facts) return StreamHead.None;

        facts.MustBeOwnFile(path);
        var text = File.ReadAllBytes(path) is { Length: <= Length } bytes ? Encoding.ASCII.GetString(bytes) : throw Damaged(path);

        // A machine that lost power may have made the file and not yet its content.
        if (text.All(c => c == '\0')) return StreamHead.None;

        return text.Length == Length && text[^1] == '\n' && text[19] == ' '
            && long.TryParse(text.AsSpan(0, 19), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new StreamHead(sequence, text[20..^1])
            : throw Damaged(path);
    }

    public void Write(string stream, StreamHead head)
    {
        var path = Path(stream);
        var text = string.Create(CultureInfo.InvariantCulture, $"{head.Sequence:0000000000000000000} {head.Hash}\n");
        try
        {
            using var file = FileFacts.OpenOwn(path);
            RandomAccess.Write(file, Encoding.ASCII.GetBytes(text), 0);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw LedgerRefusal.NotWritten(path, problem.Message, problem);
        }
    }

    /// <summary>The ledger holds what was noted here before.</summary>
    /// <param name="noted">Read before the ledger was, since both grow.</param>
    public void Check(string stream, StreamHead noted, StreamHead head, Func<long, string?> hashOf)
    {
        if (noted.Sequence == 0) return;
        if (noted.Sequence > head.Sequence)
        {
            throw LedgerRefusal.Behind(ledger, stream, $"the ledger ends with record {head.Sequence}, but record {noted.Sequence} was written ({Path(stream)}): this is an older copy, or its '-wal' file is missing.");
        }

        if (hashOf(noted.Sequence) != noted.Hash)
        {
            throw LedgerRefusal.Broken(ledger, stream, noted.Sequence, $"the record is not the one that was written ({Path(stream)} tells its hash).");
        }
    }

    private string Path(string stream) => System.IO.Path.Combine(folder, stream);

    private static Engine.LedgerRefusedException Damaged(string path) => LedgerRefusal.Damaged(path, "this note of a stream's head cannot be read.");
}
