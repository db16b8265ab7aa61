namespace Nuke.Common.Utilities.Collections;

/// <summary>What LINQ lacks.</summary>
public static partial class EnumerableExtensions
{
    public static void ForEach<T>(this IEnumerable<T> enumerable, Action<T> action)
    {
        foreach (var item in enumerable)
            action(item);
    }

    public static void ForEach<T>(this IEnumerable<T> enumerable, Action<T, int> action)
    {
        var index = 0;
        foreach (var item in enumerable)
            action(item, index++);
    }

    public static IEnumerable<T> ForEachLazy<T>(this IEnumerable<T> enumerable, Action<T> action) => enumerable.Select(item =>
    {
        action(item);
        return item;
    });

    public static IEnumerable<T> WhereNotNull<T>(this IEnumerable<T> enumerable) where T : class => enumerable.Where(item => item != null);
    public static IEnumerable<T> WhereNot<T>(this IEnumerable<T> enumerable, Func<T, bool> condition) => enumerable.Where(item => !condition(item));
    public static bool IsEmpty<T>(this IEnumerable<T> enumerable) => !enumerable.Any();
    public static bool IsNullOrEmpty<T>(this IEnumerable<T> enumerable) => enumerable?.Any() != true;
    public static IEnumerable<T> ToEmptyIfNull<T>(this IEnumerable<T> enumerable) => enumerable ?? [];
    public static T[] ToEmptyIfNull<T>(this T[] array) => array ?? [];
    public static IList<T> ToEmptyIfNull<T>(this IList<T> list) => list ?? [];
    public static IEnumerable<T> Concat<T>(this T obj, IEnumerable<T> enumerable) => enumerable.Prepend(obj);
    public static IEnumerable<T> Concat<T>(this IEnumerable<T> enumerable, params T[] others) => Enumerable.Concat(enumerable, others);

    /// <summary>From the first that fits.</summary>
    public static IEnumerable<T> SkipUntil<T>(this IEnumerable<T> enumerable, Func<T, bool> condition) => enumerable.SkipWhile(item => !condition(item));

    /// <summary>Up to the first that fits, which is left out.</summary>
    public static IEnumerable<T> TakeUntil<T>(this IEnumerable<T> enumerable, Func<T, bool> condition) => enumerable.TakeWhile(item => !condition(item));

    public static T SingleOrError<T>(this IEnumerable<T> enumerable, string message) => enumerable.SingleOrError(static _ => true, message);

    public static T SingleOrError<T>(this IEnumerable<T> enumerable, Func<T, bool> predicate, string message)
    {
        var found = enumerable.Where(predicate).Take(2).ToArray();
        return found.Length == 1 ? found[0] : throw new InvalidOperationException(message);
    }

    public static T SingleOrDefaultOrError<T>(this IEnumerable<T> enumerable, string message) => enumerable.SingleOrDefaultOrError(static _ => true, message);

    public static T SingleOrDefaultOrError<T>(this IEnumerable<T> enumerable, Func<T, bool> predicate, string message)
    {
        var found = enumerable.Where(predicate).Take(2).ToArray();
        return found.Length < 2 ? found.FirstOrDefault() : throw new InvalidOperationException(message);
    }

    public static LookupTable<TKey, TValue> ToLookupTable<TItem, TKey, TValue>(this IEnumerable<TItem> enumerable, Func<TItem, TKey> keySelector, Func<TItem, TValue> valueSelector)
    {
        var table = new LookupTable<TKey, TValue>();
        foreach (var item in enumerable)
            table.Add(keySelector(item), valueSelector(item));
        return table;
    }
}
