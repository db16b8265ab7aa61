namespace Nuke.Common.Utilities.Collections;

public static partial class EnumerableExtensions
{
    /// <summary>Everything below, depth first.</summary>
    public static IEnumerable<T> Descendants<T>(this T obj, Func<T, IEnumerable<T>> selector, Func<T, bool> traverse = null) =>
        selector(obj).SelectMany(child => child.DescendantsAndSelf(selector, traverse));

    /// <param name="obj">Where to begin.</param>
    /// <param name="selector">The children of one.</param>
    /// <param name="traverse">Whether to go on below one. Default: always.</param>
    public static IEnumerable<T> DescendantsAndSelf<T>(this T obj, Func<T, IEnumerable<T>> selector, Func<T, bool> traverse = null) =>
        traverse?.Invoke(obj) == false ? [obj] : obj.Descendants(selector, traverse).Prepend(obj);

    /// <summary>A chain, until it ends with null.</summary>
    public static IEnumerable<T> Descendants<T>(this T obj, Func<T, T> selector, Func<T, bool> traverse = null) => obj.DescendantsAndSelf(selector, traverse).Skip(1);

    /// <inheritdoc cref="Descendants{T}(T, Func{T, T}, Func{T, bool})"/>
    public static IEnumerable<T> DescendantsAndSelf<T>(this T obj, Func<T, T> selector, Func<T, bool> traverse = null)
    {
        for (var current = obj; current is not null; current = selector(current))
        {
            yield return current;
            if (traverse?.Invoke(current) == false)
                yield break;
        }
    }

    /// <summary>The first of each that have the same value.</summary>
    public static IEnumerable<TSource> Distinct<TSource, TValue>(this IEnumerable<TSource> enumerable, Func<TSource, TValue> selector) => enumerable.DistinctBy(selector);

    /// <exception cref="ArgumentException">Two have the same key; the message is the given one, with the keys.</exception>
    public static Dictionary<TKey, TValue> ToDictionarySafe<T, TKey, TValue>(
        this IEnumerable<T> enumerable, Func<T, TKey> keySelector, Func<T, TValue> valueSelector, string duplicationMessage)
    {
        var groups = enumerable.GroupBy(keySelector, valueSelector).ToArray();
        var twice = groups.Where(static group => group.Count() > 1).Select(static group => group.Key).ToArray();
        return twice.Length == 0
            ? groups.ToDictionary(static group => group.Key, static group => group.First())
            : throw new ArgumentException($"{duplicationMessage}: {string.Join(", ", twice)}", nameof(enumerable));
    }
}
