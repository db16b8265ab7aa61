using System.Text.Json;
using Tidegate.Engine;

namespace Tidegate.Ledger;

/// <summary>What was done and could not be recorded, in a small file outside the ledger's folder: the next run records
/// it.</summary>
/// <param name="folders">Tried in this order.</param>
public sealed class LateNotes(IReadOnlyList<string> folders)
{
    private const string Name = "late.json";

    /// <summary>Of a ledger's file, where temporary files lie.</summary>
    public static LateNotes For(string ledger) => new(Elsewhere.FoldersFor(Path.GetFullPath(ledger)));

    /// <summary>Where they lie; null: nowhere.</summary>
    /// <remarks>A folder of that name that somebody else has made, or may write to, is passed by: it says
    /// nothing.</remarks>
    public string? Place => folders
        .Where(f => IsOwn(f, FileKind.Folder))
        .Select(f => Path.Combine(f, Name))
        .FirstOrDefault(f => IsOwn(f, FileKind.File));

    /// <summary>Oldest first.</summary>
    /// <exception cref="LedgerRefusedException">They cannot be read.</exception>
    public IReadOnlyList<LedgerRecord> Read()
    {
        if (Place is not { } file) return [];

        try
        {
            return JsonSerializer.Deserialize<List<LedgerRecord>>(File.ReadAllText(file)) ?? [];
        }
        catch (Exception problem) when (problem is JsonException or IOException)
        {
            throw LedgerRefusal.LateUnfit(file, "these notes cannot be read.", problem);
        }
    }

    /// <summary>Keeps these instead of what was kept; none: forgets. False: there is no place for them.</summary>
    public bool Keep(IReadOnlyList<LedgerRecord> records)
    {
        if (records.Count == 0)
        {
            if (Place is not { } old) return true;
            File.Delete(old);
            Elsewhere.Tidy(Path.GetDirectoryName(old)!);
            return true;
        }

        return folders.Any(folder => TryWrite(folder, JsonSerializer.Serialize(records)));
    }

    private static bool IsOwn(string path, FileKind kind) =>
        FileFacts.Of(path) is { } facts && facts.Kind == kind && facts.IsOwn;

    private static bool TryWrite(string folder, string text)
    {
        try
        {
            Elsewhere.Make(folder);
            var file = Path.Combine(folder, Name);
            var fresh = file + ".new";
            File.Delete(fresh);
            FileFacts.Create(fresh);
            using (var handle = FileFacts.OpenOwn(fresh))
            {
                RandomAccess.Write(handle, System.Text.Encoding.UTF8.GetBytes(text), 0);
                RandomAccess.FlushToDisk(handle);
            }

            File.Move(fresh, file, overwrite: true);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or LedgerRefusedException)
        {
            return false;
        }
    }
}
