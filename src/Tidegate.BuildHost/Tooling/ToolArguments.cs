using System.Collections;
using System.Globalization;
using System.Reflection;
using Nuke.Common.Utilities;

namespace Nuke.Common.Tooling;

/// <summary>From options to the arguments of a command line, by <see cref="CommandAttribute"/> and <see cref="ArgumentAttribute"/>.</summary>
internal static class ToolArguments
{
    private const string End = "--";

    private sealed record Declared(PropertyInfo Property, ArgumentAttribute Argument);

    public static IReadOnlyList<string> Of(ToolOptions options)
    {
        var arguments = new List<string>();
        if (options.GetType().GetCustomAttribute<CommandAttribute>()?.Arguments is { Length: > 0 } words)
            arguments.AddRange(words.SplitSpace());
        foreach (var declared in In(options.GetType()))
            AddTo(arguments, Render(declared.Argument, declared.Property.GetValue(options)));
        arguments.AddRange(options.ProcessAdditionalArguments ?? []);
        return arguments;
    }

    public static IEnumerable<string> SecretsOf(ToolOptions options) =>
        In(options.GetType()).Where(declared => declared.Argument.Secret)
            .Select(declared => declared.Property.GetValue(options)?.ToString())
            .Concat(options.ProcessRedactedSecrets ?? [])
            .Where(secret => !string.IsNullOrEmpty(secret));

    private static IEnumerable<Declared> In(Type type)
    {
        var all = type.GetProperties()
            .Select(property => new Declared(property, property.GetCustomAttribute<ArgumentAttribute>()))
            .Where(declared => declared.Argument is not null)
            .ToArray();
        return all.Where(declared => declared.Argument.Position > 0).OrderBy(declared => declared.Argument.Position)
            .Concat(all.Where(declared => declared.Argument.Position == 0))
            .Concat(all.Where(declared => declared.Argument.Position < 0).OrderBy(declared => declared.Argument.Position));
    }

    /// <summary>What stands behind <c>--</c> belongs to another program; the mark itself is written once.</summary>
    private static void AddTo(List<string> arguments, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            if (word != End || !arguments.Contains(End))
                arguments.Add(word);
        }
    }

    private static IEnumerable<string> Render(ArgumentAttribute argument, object value)
    {
        var isSwitch = !argument.Format.Contains("{value}", StringComparison.Ordinal);
        return value switch
        {
            null => [],
            bool flag when isSwitch => flag ? Words(argument, null, null) : [],
            string text => Words(argument, null, text),
            IReadOnlyDictionary<string, object> entries => entries.SelectMany(entry => Words(argument, entry.Key, Text(entry.Value))),
            IEnumerable items when argument.Separator is { } separator =>
                items.Cast<object>().Select(Text).ToArray() is { Length: > 0 } texts ? Words(argument, null, string.Join(separator, texts)) : [],
            IEnumerable items => items.Cast<object>().SelectMany(item => Words(argument, null, Text(item))),
            _ => Words(argument, null, Text(value)),
        };
    }

    private static IEnumerable<string> Words(ArgumentAttribute argument, string key, string value)
    {
        if (argument.FormatterMethod is { } method)
            value = (string)argument.FormatterType.GetMethod(method, [typeof(string)])!.Invoke(null, [value]);
        return argument.Format.SplitSpace()
            .Select(word => Argument.QuoteIfNeeded(word.Replace("{key}", key, StringComparison.Ordinal).Replace("{value}", value, StringComparison.Ordinal)));
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? string.Empty,
    };
}
