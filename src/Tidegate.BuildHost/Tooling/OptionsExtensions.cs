namespace Nuke.Common.Tooling;

public static class OptionsExtensions
{
    /// <summary>A changed copy.</summary>
    public static T Modify<T>(this T options, Action<IOptions> modification = null) where T : Options
    {
        var copy = (T)options.Copy();
        modification?.Invoke(copy);
        return copy;
    }

    public static T Apply<T>(this T options, Configure<T> configurator) where T : Options => configurator(options);

    public static T Apply<T, TValue>(this T options, Configure<T, TValue> configurator, TValue value) where T : Options => configurator(options, value);

    public static T[] Apply<T>(this T[] options, Configure<T> configurator) where T : Options => [.. options.Select(configurator.Invoke)];

    public static T[] Apply<T, TValue>(this T[] options, Configure<T, TValue> configurator, TValue value) where T : Options =>
        [.. options.Select(each => configurator(each, value))];

    public static T When<T>(this T options, Func<T, bool> condition, Configure<T> configurator) where T : Options =>
        condition(options) ? configurator(options) : options;

    public static T[] When<T>(this T[] options, Func<T, bool> condition, Configure<T> configurator) where T : Options =>
        [.. options.Select(each => each.When(condition, configurator))];

    /// <summary>One copy for each value: <c>_.CombineWith(projects, (s, project) => s.SetProjectFile(project))</c>.</summary>
    public static T[] CombineWith<T, TValue>(this T options, IEnumerable<TValue> values, Func<T, TValue, T> configurator) where T : Options, new() =>
        new[] { options }.CombineWith(values, configurator);

    public static T[] CombineWith<T, TValue>(this T options, IEnumerable<TValue> values, Func<T, TValue, IEnumerable<T>> configurator) where T : Options, new() =>
        new[] { options }.CombineWith(values, configurator);

    public static T[] CombineWith<T, TValue>(this IEnumerable<T> options, IEnumerable<TValue> values, Func<T, TValue, T> configurator) where T : Options, new()
    {
        var all = values.ToArray();
        return [.. options.SelectMany(each => all.Select(value => configurator(each, value)))];
    }

    public static T[] CombineWith<T, TValue>(this IEnumerable<T> options, IEnumerable<TValue> values, Func<T, TValue, IEnumerable<T>> configurator)
        where T : Options, new()
    {
        var all = values.ToArray();
        return [.. options.SelectMany(each => all.SelectMany(value => configurator(each, value)))];
    }

    public static T[] CombineWith<T>(this T options, params Configure<T>[] configurators) where T : Options, new() =>
        new[] { options }.CombineWith(configurators);

    public static T[] CombineWith<T>(this IEnumerable<T> options, params Configure<T>[] configurators) where T : Options, new() =>
        [.. options.SelectMany(each => configurators.Select(configurator => configurator(each)))];

    public static T[] CombineWith<T>(this T options, params CombinatorialConfigure<T>[] configurators) where T : ToolOptions, new() =>
        new[] { options }.CombineWith(configurators);

    public static T[] CombineWith<T>(this IEnumerable<T> options, params CombinatorialConfigure<T>[] configurators) where T : ToolOptions, new() =>
        [.. options.SelectMany(each => configurators.SelectMany(configurator => configurator(each)))];
}
