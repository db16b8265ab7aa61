using System.Collections.ObjectModel;
using System.Linq.Expressions;

namespace Nuke.Common.Tooling;

/// <summary>Changes the values of options, each named by the property that shows it.</summary>
public interface IOptions
{
    T Get<T>(Expression<Func<object>> provider);
    void Set<T>(Expression<Func<T>> provider, object value);
    void Remove<T>(Expression<Func<T>> provider);

    void AddCollection<T>(Expression<Func<IReadOnlyCollection<T>>> provider, params T[] value);
    void AddCollection<T>(Expression<Func<IReadOnlyCollection<T>>> provider, IEnumerable<T> value);
    void RemoveCollection<T>(Expression<Func<IReadOnlyCollection<T>>> provider, params T[] value);
    void RemoveCollection<T>(Expression<Func<IReadOnlyCollection<T>>> provider, IEnumerable<T> value);
    void ClearCollection<T>(Expression<Func<IReadOnlyCollection<T>>> provider);

    void SetDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider, TKey key, TValue value);
    void AddDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider, TKey key, TValue value);
    void AddDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider, Dictionary<TKey, TValue> value);
    void AddDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider, ReadOnlyDictionary<TKey, TValue> value);
    void RemoveDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider, TKey key);
    void ClearDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider);

    void SetLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key, params TValue[] values);
    void SetLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key, IEnumerable<TValue> values);
    void AddLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key, params TValue[] values);
    void AddLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key, IEnumerable<TValue> values);
    void RemoveLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key);
    void RemoveLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key, TValue value);
    void ClearLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider);
}
