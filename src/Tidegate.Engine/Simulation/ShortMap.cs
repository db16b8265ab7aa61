using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Tidegate.Engine.Simulation;

/// <summary>Names that many snapshots share, so that a snapshot is an array of values.</summary>
internal sealed class ShortNames(IReadOnlyList<string> names)
{
    private readonly Dictionary<string, int> _places =
        names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => n.i, StringComparer.Ordinal);

    public IReadOnlyList<string> All => names;

    public int Of(string name) => _places.GetValueOrDefault(name, -1);
}

/// <summary>A snapshot by name.</summary>
internal sealed class ShortMap<T>(ShortNames names, T[] values) : IReadOnlyDictionary<string, T>
{
    public int Count => values.Length;

    public IEnumerable<string> Keys => names.All;

    public IEnumerable<T> Values => values;

    public T this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => names.Of(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var at = names.Of(key);
        value = at < 0 ? default : values[at];
        return at >= 0;
    }

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator()
    {
        for (var i = 0; i < values.Length; i++) yield return new(names.All[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
