using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Nuke.Common.Utilities;

namespace Nuke.Common.Tooling;

/// <summary>Values by property name. Setters answer a copy and leave the original as it is; the values themselves are never changed.</summary>
public partial class Options : IOptions
{
    private Dictionary<string, object> _values = [];

    public void Set<T>(Expression<Func<T>> provider, object value) => _values[provider.GetMemberInfo().Name] = value;

    T IOptions.Get<T>(Expression<Func<object>> provider) => Get<T>(provider);

    protected T Get<T>(Expression<Func<object>> provider) => Value<T>(provider.GetMemberInfo().Name);

    /// <summary>The same without an expression tree: our own properties read so.</summary>
    internal T Value<T>([CallerMemberName] string name = null) => _values.TryGetValue(name!, out var value) && value is T typed ? typed : default;

    internal Options Copy()
    {
        var copy = (Options)MemberwiseClone();
        copy._values = new Dictionary<string, object>(_values);
        return copy;
    }

    internal void Put(string name, object value) => _values[name] = value;

    internal void Drop(string name) => _values.Remove(name);
}

/// <summary>How our own setters are written: <c>o.With(nameof(o.Configuration), v)</c>.</summary>
internal static class OptionsChange
{
    public static T With<T>(this T options, string name, object value) where T : Options
    {
        var copy = (T)options.Copy();
        copy.Put(name, value);
        return copy;
    }

    public static T Without<T>(this T options, string name) where T : Options
    {
        var copy = (T)options.Copy();
        copy.Drop(name);
        return copy;
    }

    public static T WithList<T>(this T options, string name, IEnumerable<string> values) where T : Options => options.With(name, values.ToList());

    public static T WithAdded<T>(this T options, string name, IEnumerable<string> values) where T : Options =>
        options.With(name, (options.Value<List<string>>(name) ?? []).Concat(values).ToList());

    public static T WithRemoved<T>(this T options, string name, IEnumerable<string> values) where T : Options
    {
        var gone = values.ToHashSet();
        return options.With(name, (options.Value<List<string>>(name) ?? []).Where(value => !gone.Contains(value)).ToList());
    }

    public static T WithEntries<T>(this T options, string name, IDictionary<string, object> entries) where T : Options =>
        options.With(name, new Dictionary<string, object>(entries));

    /// <summary>A value of null removes the entry.</summary>
    public static T WithEntry<T>(this T options, string name, string key, object value) where T : Options
    {
        var entries = new Dictionary<string, object>(options.Value<Dictionary<string, object>>(name) ?? []);
        if (value is null)
            entries.Remove(key);
        else
            entries[key] = value;
        return options.With(name, entries);
    }

    public static T WithAddedEntry<T>(this T options, string name, string key, object value) where T : Options =>
        options.Value<Dictionary<string, object>>(name)?.ContainsKey(key) == true
            ? throw new ArgumentException($"'{key}' is in {name} already.", nameof(key))
            : options.WithEntry(name, key, value);

    public static object Entry<T>(this T options, string name, string key) where T : Options =>
        options.Value<Dictionary<string, object>>(name)?.GetValueOrDefault(key);
}
