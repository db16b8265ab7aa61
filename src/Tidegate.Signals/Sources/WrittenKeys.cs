namespace Tidegate.Signals;

/// <summary>The newest keys of each version that wrote in one region.</summary>
internal sealed class WrittenKeys(int most)
{
    /// <summary>Versions beyond these are forgotten, the oldest first.</summary>
    private const int Writers = 4;

    private readonly Lock _turn = new();
    private readonly List<(ArtifactDigest Writer, Queue<string> Keys)> _writers = [];

    public IReadOnlyList<(ArtifactDigest Writer, string Key)> All
    {
        get { lock (_turn) return [.. _writers.SelectMany(w => w.Keys.Select(k => (w.Writer, k)))]; }
    }

    public void Add(ArtifactDigest writer, string key)
    {
        lock (_turn)
        {
            var keys = _writers.FirstOrDefault(w => w.Writer == writer).Keys;
            if (keys is null)
            {
                _writers.Add((writer, keys = new Queue<string>()));
                if (_writers.Count > Writers) _writers.RemoveAt(0);
            }

            keys.Enqueue(key);
            if (keys.Count > most) keys.Dequeue();
        }
    }
}
