using System.Text.Json;

namespace Tidegate.Signals;

/// <summary>The newest keys of each version that wrote in one region.</summary>
/// <param name="file">Keeps them over a kill of the pipeline; null: nothing does.</param>
/// <param name="candidate">Whose test this is. What the file keeps of another one is forgotten.</param>
internal sealed class WrittenKeys(int most, string? file, ArtifactDigest candidate)
{
    /// <summary>Versions beyond these are forgotten, the oldest first.</summary>
    private const int Writers = 4;

    private readonly Lock _turn = new();
    private readonly List<Written> _writers = Load(file, candidate);

    public IReadOnlyList<(ArtifactDigest Writer, string Key)> All
    {
        get { lock (_turn) return [.. _writers.SelectMany(w => w.Keys.Select(k => (w.Writer, k)))]; }
    }

    public void Add(ArtifactDigest writer, string key)
    {
        lock (_turn)
        {
            var at = _writers.FindIndex(w => w.Writer == writer);
            if (at < 0)
            {
                _writers.Add(new(writer, [key]));
                if (_writers.Count > Writers) _writers.RemoveAt(0);
            }
            else
            {
                _writers[at] = new(writer, [.. _writers[at].Keys.Append(key).TakeLast(most)]);
            }

            Save();
        }
    }

    private static List<Written> Load(string? file, ArtifactDigest candidate)
    {
        try
        {
            return file is not null && File.Exists(file)
                && JsonSerializer.Deserialize<Noted>(File.ReadAllText(file)) is { } noted
                && noted.Candidate == candidate ? [.. noted.Writers] : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return []; // cut short by a loss of power: then only what is written from here on is read back
        }
    }

    private void Save()
    {
        if (file is null) return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file + ".new", JsonSerializer.Serialize(new Noted(candidate, _writers)));
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A full disk loses this after a kill, and nothing else.
        }
    }

    private sealed record Noted(ArtifactDigest Candidate, IReadOnlyList<Written> Writers);

    private sealed record Written(ArtifactDigest Writer, IReadOnlyList<string> Keys);
}
