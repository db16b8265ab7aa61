using System.Collections.ObjectModel;
using System.Linq.Expressions;
using Nuke.Common.Utilities;
using Nuke.Common.Utilities.Collections;

namespace Nuke.Common.Tooling;

// A value that is changed in place would be seen through every copy of the options, so each change makes a new collection.
public partial class Options
{
    void IOptions.Remove<T>(Expression<Func<T>> provider) => Drop(provider.GetMemberInfo().Name);

    void IOptions.AddCollection<T>(Expression<Func<IReadOnlyCollection<T>>> provider, params T[] value) => AddItems(provider, value);
    void IOptions.AddCollection<T>(Expression<Func<IReadOnlyCollection<T>>> provider, IEnumerable<T> value) => AddItems(provider, value);
    void IOptions.RemoveCollection<T>(Expression<Func<IReadOnlyCollection<T>>> provider, params T[] value) => RemoveItems(provider, value);
    void IOptions.RemoveCollection<T>(Expression<Func<IReadOnlyCollection<T>>> provider, IEnumerable<T> value) => RemoveItems(provider, value);
    void IOptions.ClearCollection<T>(Expression<Func<IReadOnlyCollection<T>>> provider) => Set(provider, new List<T>());

    void IOptions.SetDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider, TKey key, TValue value) =>
        ChangeEntries(provider, entries => entries[key] = value);

    void IOptions.AddDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider, TKey key, TValue value) =>
        ChangeEntries(provider, entries => entries.Add(key, value));

    void IOptions.AddDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider, Dictionary<TKey, TValue> value) =>
        ChangeEntries(provider, entries => entries.AddDictionary(value));

    void IOptions.AddDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider, ReadOnlyDictionary<TKey, TValue> value) =>
        ChangeEntries(provider, entries => entries.AddDictionary(value));

    void IOptions.RemoveDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider, TKey key) =>
        ChangeEntries(provider, entries => entries.Remove(key));

    void IOptions.ClearDictionary<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider) =>
        Set(provider, new Dictionary<TKey, TValue>());

    void IOptions.SetLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key, params TValue[] values) =>
        ChangeTable(provider, table => table[key] = values);

    void IOptions.SetLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key, IEnumerable<TValue> values) =>
        ChangeTable(provider, table => table[key] = values);

    void IOptions.AddLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key, params TValue[] values) =>
        ChangeTable(provider, table => table.AddRange(key, values));

    void IOptions.AddLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key, IEnumerable<TValue> values) =>
        ChangeTable(provider, table => table.AddRange(key, values));

    void IOptions.RemoveLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key) =>
        ChangeTable(provider, table => table.Remove(key));

    void IOptions.RemoveLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, TKey key, TValue value) =>
        ChangeTable(provider, table => table.Remove(key, value));

    void IOptions.ClearLookup<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider) => Set(provider, new LookupTable<TKey, TValue>());

    private void AddItems<T>(Expression<Func<IReadOnlyCollection<T>>> provider, IEnumerable<T> items) =>
        Set(provider, Items(provider).Concat<T>(items.ToArray()).ToList());

    private void RemoveItems<T>(Expression<Func<IReadOnlyCollection<T>>> provider, IEnumerable<T> items)
    {
        var gone = items.ToHashSet();
        Set(provider, Items(provider).Where(item => !gone.Contains(item)).ToList());
    }

    private IEnumerable<T> Items<T>(Expression<Func<IReadOnlyCollection<T>>> provider) => Value<IEnumerable<T>>(provider.GetMemberInfo().Name) ?? [];

    private void ChangeEntries<TKey, TValue>(Expression<Func<IReadOnlyDictionary<TKey, TValue>>> provider, Action<Dictionary<TKey, TValue>> change)
    {
        var entries = new Dictionary<TKey, TValue>(Value<IReadOnlyDictionary<TKey, TValue>>(provider.GetMemberInfo().Name) ?? new Dictionary<TKey, TValue>());
        change(entries);
        Set(provider, entries);
    }

    private void ChangeTable<TKey, TValue>(Expression<Func<ILookup<TKey, TValue>>> provider, Action<LookupTable<TKey, TValue>> change)
    {
        var table = Value<ILookup<TKey, TValue>>(provider.GetMemberInfo().Name) is { } before ? new LookupTable<TKey, TValue>(before) : new LookupTable<TKey, TValue>();
        change(table);
        Set(provider, table);
    }
}
