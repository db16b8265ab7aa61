using System.Collections.ObjectModel;

namespace Nuke.Common.Utilities.Collections;

public static class DictionaryExtensions
{
    /// <summary><c>ReportSummary(_ => _.AddPair("Packages", 3))</c></summary>
    public static Dictionary<TKey, string> AddPair<TKey, TValue>(this Dictionary<TKey, string> dictionary, TKey key, TValue value = default)
    {
        dictionary.Add(key, value?.ToString());
        return dictionary;
    }

    public static Dictionary<TKey, TValue> AddPair<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key, TValue value = default)
    {
        dictionary.Add(key, value);
        return dictionary;
    }

    public static Dictionary<TKey, TValue> AddPairWhenKeyNotNull<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key, TValue value = default)
        where TKey : class =>
        key is null ? dictionary : dictionary.AddPair<TKey, TValue>(key, value);

    public static Dictionary<TKey, TValue> AddPairWhenValueNotNull<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key, TValue value)
        where TValue : class =>
        value is null ? dictionary : dictionary.AddPair<TKey, TValue>(key, value);

    public static Dictionary<TKey, TValue> AddDictionary<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, Dictionary<TKey, TValue> otherDictionary)
    {
        foreach (var (key, value) in otherDictionary)
            dictionary.Add(key, value);
        return dictionary;
    }

    public static Dictionary<TKey, TValue> AddDictionary<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, ReadOnlyDictionary<TKey, TValue> otherDictionary)
    {
        foreach (var (key, value) in otherDictionary)
            dictionary.Add(key, value);
        return dictionary;
    }

    public static IDictionary<TKey, TValue> SetKeyValue<TKey, TValue>(this IDictionary<TKey, TValue> dictionary, TKey key, TValue value = default)
    {
        dictionary[key] = value;
        return dictionary;
    }
}
