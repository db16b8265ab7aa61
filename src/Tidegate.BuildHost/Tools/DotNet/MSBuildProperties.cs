using System.Globalization;
using Nuke.Common.Tooling;

namespace Nuke.Common.Tools.DotNet;

/// <summary>Shorthands for MSBuild properties, which all commands keep under the same name.</summary>
internal static class MSBuildProperties
{
    private const string Properties = nameof(DotNetBuildSettings.Properties);

    public static T WithMSBuildProperty<T>(this T options, string key, object value) where T : ToolOptions => options.WithEntry(Properties, key, value);

    public static T ToggleMSBuildProperty<T>(this T options, string key) where T : ToolOptions =>
        options.WithEntry(Properties, key, options.Entry(Properties, key) is not true);

    public static T SetPropertyItems<T, TItem>(this T options, string key, char separator, IEnumerable<TItem> items) where T : ToolOptions =>
        options.WithEntry(Properties, key, string.Join(separator, items.Select(Text)));

    public static T AddPropertyItems<T, TItem>(this T options, string key, char separator, IEnumerable<TItem> items) where T : ToolOptions =>
        options.SetPropertyItems(key, separator, Items(options, key, separator).Concat(items.Select(Text)));

    public static T RemovePropertyItems<T, TItem>(this T options, string key, char separator, IEnumerable<TItem> items) where T : ToolOptions
    {
        var gone = items.Select(Text).ToHashSet();
        return options.SetPropertyItems(key, separator, Items(options, key, separator).Where(item => !gone.Contains(item)));
    }

    private static string[] Items(ToolOptions options, string key, char separator) =>
        (options.Entry(Properties, key) as string)?.Split(separator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string Text<TItem>(TItem item) => Convert.ToString(item, CultureInfo.InvariantCulture);
}
