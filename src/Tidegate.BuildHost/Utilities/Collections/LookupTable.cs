using System.Collections;

namespace Nuke.Common.Utilities.Collections;

/// <summary>Several values per key, in the order of adding. A key that is not there has no values.</summary>
public class LookupTable<TKey, TValue> : ILookup<TKey, TValue>
{
    private readonly Dictionary<TKey, List<TValue>> _values;

    public LookupTable() : this(EqualityComparer<TKey>.Default) { }

    public LookupTable(IEqualityComparer<TKey> comparer) => _values = new(comparer);

    public LookupTable(Dictionary<TKey, List<TValue>> dictionary) => _values = dictionary;

    public LookupTable(ILookup<TKey, TValue> lookupTable, IEqualityComparer<TKey> comparer = null) =>
        _values = lookupTable.ToDictionary(group => group.Key, group => group.ToList(), comparer ?? EqualityComparer<TKey>.Default);

    public int Count => _values.Count;

    public IEnumerable<TValue> this[TKey key]
    {
        get => _values.TryGetValue(key, out var values) ? values : [];
        set => _values[key] = [.. value];
    }

    public void Add(TKey key, TValue value)
    {
        if (!_values.TryGetValue(key, out var values))
            _values[key] = values = [];
        values.Add(value);
    }

    public void AddRange(TKey key, IEnumerable<TValue> values)
    {
        foreach (var value in values)
            Add(key, value);
    }

    public void Remove(TKey key) => _values.Remove(key);

    public void Remove(TKey key, TValue value)
    {
        if (_values.TryGetValue(key, out var values) && values.Remove(value) && values.Count == 0)
            _values.Remove(key);
    }

    public void Clear() => _values.Clear();

    public bool Contains(TKey key) => _values.ContainsKey(key);

    public ILookup<TKey, TValue> AsReadOnly() =>
        _values.SelectMany(pair => pair.Value, (pair, value) => (pair.Key, value)).ToLookup(pair => pair.Key, pair => pair.value, _values.Comparer);

    public IEnumerator<IGrouping<TKey, TValue>> GetEnumerator() => AsReadOnly().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
